package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.KeyPair;
import java.time.InstantSource;
import javax.net.ssl.SSLException;
import org.tidegate.proxy.ca.CertificateAuthority;
import org.tidegate.proxy.ca.KeyPairs;

/**
 * Speaks TLS to clients in the name of the host that they ask for, with a certificate of the
 * operator's authority. Whether the host is listed, or exists at all, makes no difference here.
 * Immutable, safe for many threads.
 */
public final class InspectionTls {
  private static final int ANY_PORT = -1;

  private final SslContext ecdsa;
  private final SslContext rsa;

  private InspectionTls(SslContext ecdsa, SslContext rsa) {
    this.ecdsa = ecdsa;
    this.rsa = rsa;
  }

  /**
   * Makes the two contexts that serve every host: one for each kind of key.
   *
   * @param http2 whether HTTP/2 is offered
   */
  public static InspectionTls of(
      CertificateAuthority authority, boolean http2, InstantSource clock) {
    return of(authority, http2, clock, TlsProvider.best());
  }

  static InspectionTls of(
      CertificateAuthority authority, boolean http2, InstantSource clock, SslProvider provider) {
    return new InspectionTls(
        context(authority, KeyPairs.ecdsa(), http2, clock, provider),
        context(authority, KeyPairs.rsa(), http2, clock, provider));
  }

  private static SslContext context(
      CertificateAuthority authority,
      KeyPair pair,
      boolean http2,
      InstantSource clock,
      SslProvider provider) {
    try {
      return SslContextBuilder.forServer(new LeafKeyManager(authority, pair, clock))
          .sslProvider(provider)
          .protocols(TlsProvider.VERSIONS)
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(http2 ? TlsProvider.HTTP2_OR_1 : TlsProvider.HTTP1_ONLY)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS to clients cannot be set up", e);
    }
  }

  /**
   * The handler for one client's connection, which begins with its hello.
   *
   * @param host whose certificate is shown
   */
  SslHandler handler(ByteBufAllocator buffers, String host, ClientHello hello) {
    SslContext context = hello.takesEcdsa() ? ecdsa : rsa;
    SslHandler handler = context.newHandler(buffers, host, ANY_PORT);
    handler.setHandshakeTimeoutMillis(0); // the connection's own timer holds for it
    return handler;
  }
}
