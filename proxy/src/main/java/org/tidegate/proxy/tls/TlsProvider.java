package org.tidegate.proxy.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.List;

/** What TLS is to both ends: BoringSSL where it loads, Java's own elsewhere. */
final class TlsProvider {
  static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  static final ApplicationProtocolConfig HTTP2_OR_1 =
      protocols(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
  static final ApplicationProtocolConfig HTTP1_ONLY = protocols(ApplicationProtocolNames.HTTP_1_1);

  private TlsProvider() {}

  static SslProvider best() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  private static ApplicationProtocolConfig protocols(String... offered) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        offered);
  }
}
