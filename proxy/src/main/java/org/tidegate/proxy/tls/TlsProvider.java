package org.tidegate.proxy.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.List;

/** Which implementation of TLS is used: BoringSSL where it loads, Java's own elsewhere. */
final class TlsProvider {
  static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private TlsProvider() {}

  static SslProvider best() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }
}
