package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TLS to origins, each held to a valid certificate of its own name. Nothing can switch the
 * check off. Two are equal that trust the same. Immutable, safe for many threads.
 */
public final class OriginTls {
  /** Octets of a name (RFC 1035 §3.1); TLS libraries differ in what they do with longer ones. */
  private static final int LONGEST_NAME = 253;

  private final List<X509Certificate> trusted;
  private @Nullable Contexts contexts;

  /** One that offers no protocol, one that offers HTTP/2; in all else they are the same. */
  private record Contexts(SslContext plain, SslContext http2) {}

  private OriginTls(List<X509Certificate> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** Trusts the authorities that Java trusts. */
  public static OriginTls trustingAsJava() {
    return Javas.TRUST;
  }

  /** Trusts these authorities and no others. */
  public static OriginTls trusting(List<X509Certificate> authorities) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("no authority (expected: one at least)");
    }
    return new OriginTls(authorities);
  }

  /**
   * Reads what is trusted and sets TLS up, which takes a while: ahead of time where connections are
   * inspected, else with the first request for an https URL.
   */
  public void prepare() {
    contexts();
  }

  private synchronized Contexts contexts() {
    if (contexts == null) {
      contexts = contexts(trusted);
    }
    return contexts;
  }

  private static Contexts contexts(List<X509Certificate> trusted) {
    try {
      TrustManagerFactory trust = OriginTrust.of(trusted);
      return new Contexts(context(trust, null), context(trust, TlsProvider.HTTP2_OR_1));
    } catch (SSLException | GeneralSecurityException e) {
      throw new IllegalStateException("TLS to origins cannot be set up", e);
    }
  }

  private static SslContext context(
      TrustManagerFactory trust, @Nullable ApplicationProtocolConfig offered) throws SSLException {
    return SslContextBuilder.forClient()
        .sslProvider(TlsProvider.best())
        .protocols(TlsProvider.VERSIONS)
        .applicationProtocolConfig(offered)
        .endpointIdentificationAlgorithm("HTTPS")
        .trustManager(trust)
        .build();
  }

  /**
   * The handler for one connection.
   *
   * @param host the name that is asked for and must be proved, in canonical form
   * @param http2 whether HTTP/2 is offered, beside HTTP/1.1
   * @throws IllegalArgumentException if no certificate can name that
   */
  public SslHandler handler(
      ByteBufAllocator buffers, String host, int port, boolean http2, Duration timeout) {
    if (host.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name longer than any in a certificate");
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SslContext chosen = http2 ? contexts().http2() : contexts().plain();
    SslHandler handler = chosen.newHandler(buffers, name, port);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OriginTls tls && trusted.equals(tls.trusted);
  }

  @Override
  public int hashCode() {
    return trusted.hashCode();
  }

  /** One for all, as it is set up once only. */
  private static final class Javas {
    static final OriginTls TRUST = new OriginTls(List.of());
  }
}
