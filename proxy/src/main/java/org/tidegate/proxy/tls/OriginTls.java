package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TLS to origins, each held to a valid certificate of its own name. Nothing can switch the
 * check off. Two are equal that trust the same. Immutable, safe for many threads.
 */
public final class OriginTls {
  /** Octets of a name (RFC 1035 §3.1); TLS libraries differ in what they do with longer ones. */
  private static final int LONGEST_NAME = 253;

  private final List<X509Certificate> trusted;
  private @Nullable SslContext context;

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
    context();
  }

  private synchronized SslContext context() {
    if (context == null) {
      context = context(trusted);
    }
    return context;
  }

  private static SslContext context(List<X509Certificate> trusted) {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(TlsProvider.best())
          .protocols(TlsProvider.VERSIONS)
          .endpointIdentificationAlgorithm("HTTPS")
          .trustManager(OriginTrust.of(trusted))
          .build();
    } catch (SSLException | GeneralSecurityException e) {
      throw new IllegalStateException("TLS to origins cannot be set up", e);
    }
  }

  /**
   * The handler for one connection.
   *
   * @param host the name that is asked for and must be proved, in canonical form
   * @throws IllegalArgumentException if no certificate can name that
   */
  public SslHandler handler(ByteBufAllocator buffers, String host, int port, Duration timeout) {
    if (host.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name longer than any in a certificate");
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SslHandler handler = context().newHandler(buffers, name, port);
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
