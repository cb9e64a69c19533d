package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Speaks TLS to origins, each held to a valid certificate of its own name. Nothing can switch the
 * check off. Immutable, safe for many threads.
 */
public final class OriginTls {
  private final SslContext context;

  private OriginTls(SslContext context) {
    this.context = context;
  }

  /**
   * Makes the context for all origins.
   *
   * @param trusted the authorities that are trusted; if empty, those that Java trusts
   */
  public static OriginTls trusting(List<X509Certificate> trusted) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(TlsProvider.best())
            .protocols(TlsProvider.VERSIONS)
            .endpointIdentificationAlgorithm("HTTPS");
    if (!trusted.isEmpty()) {
      builder.trustManager(trusted);
    }
    return new OriginTls(builder.build());
  }

  /**
   * The handler for one connection.
   *
   * @param host the name that is asked for and must be proved, in canonical form
   */
  public SslHandler handler(ByteBufAllocator buffers, String host, int port, Duration timeout) {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SslHandler handler = context.newHandler(buffers, name, port);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }
}
