package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that no resolver and no TLS library takes still get an answer. */
@Timeout(60)
class OddNamesIT {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final List<String> HOSTS =
      List.of(
          "l".repeat(64) + ".invalid",
          "a.".repeat(200) + "invalid",
          "-x-.invalid",
          "a_b.invalid",
          "xn--0.invalid",
          "*.invalid",
          "a,b.invalid");

  @Test
  void theyAreAnsweredByTheResolver() throws IOException {
    GatewayConfig resolving =
        GatewayConfig.listeningOn(new InetSocketAddress(LOOPBACK, 0))
            .dnsServers(List.of(nobody()))
            .build();
    NettyLog log = NettyLog.begin();
    try (Gateway gateway = Gateway.start(resolving, ListedFilter.of("listed.example"))) {
      allAnswered(gateway, "http://");
    }
    assertThat(log.end()).isEmpty();
  }

  @Test
  void theyAreAnsweredByTls() throws IOException {
    NettyLog log = NettyLog.begin();
    try (ByteOrigin closing = new ByteOrigin((socket, in, out) -> {});
        Gateway gateway =
            TestGateway.start(closing.address(), ListedFilter.of("listed.example"), b -> b)) {
      allAnswered(gateway, "https://");
    }
    assertThat(log.end()).isEmpty();
  }

  private static void allAnswered(Gateway gateway, String scheme) throws IOException {
    for (String host : HOSTS) {
      String request = "GET " + scheme + host + "/ HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      assertThat(RawClient.exchange(gateway.address(), request))
          .as(host)
          .matches("(?s)HTTP/1.1 (400|502|504) .*");
    }
  }

  /** Where no name server listens. */
  private static InetSocketAddress nobody() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
    }
  }
}
