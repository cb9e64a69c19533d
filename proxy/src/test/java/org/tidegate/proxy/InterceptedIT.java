package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.listen.Listener;

/**
 * A transparent listener, told by PROXY headers what the kernel tells it elsewhere: requests in
 * origin form and TLS, for whatever address the client chose.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class InterceptedIT {
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.77", 40_000);
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("198.51.100.80", 80);
  private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

  private StrictOrigin origin;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    origin = new StrictOrigin();
    start(UnaryOperator.identity(), UnaryOperator.identity());
  }

  private void start(
      UnaryOperator<Listener> listener, UnaryOperator<GatewayConfig.Builder> settings)
      throws IOException {
    if (gateway != null) {
      gateway.close();
    }
    InetSocketAddress address = origin.origin.address();
    Listener transparent =
        Listener.transparent(loopback(), Listener.Kind.REDIRECT).behind(Door.LOCAL_SENDERS);
    GatewayConfig.Builder builder =
        GatewayConfig.listening(listener.apply(transparent))
            .names(TestGateway.everythingAt(address))
            .allowAddresses(List.of(address));
    gateway = Gateway.start(settings.apply(builder).build(), ListedFilter.of(JudgementIT.LIST));
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  private RawClient opened(InetSocketAddress destination) throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send(ProxyHeaders.v2(CLIENT, destination));
    return client;
  }

  private String ask(InetSocketAddress destination, String target, String host) throws IOException {
    try (RawClient client = opened(destination)) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      return client.readAll();
    }
  }

  private byte[] answerTo(InetSocketAddress destination, byte[] first) throws IOException {
    try (RawClient client = opened(destination)) {
      client.send(first);
      return client.readBytes(7);
    }
  }

  private int connections() {
    return origin.origin.connections.get();
  }

  @Test
  void whatIsNotListedGoesWhereTheClientMeantItToGo() throws IOException {
    InetSocketAddress there = origin.origin.address();
    assertThat(ask(there, "/a?b", "other.example:" + there.getPort()))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("/a?b");
    assertThat(origin.received.get(0).head())
        .contains("\r\nHost: other.example:" + there.getPort() + "\r\n");
  }

  @Test
  void theDestinationsPortIsThatOfAHostWithoutOne() throws IOException {
    InetSocketAddress there = origin.origin.address();
    assertThat(ask(there, "/", "other.example")).startsWith("HTTP/1.1 200 ");
    assertThat(ask(there, "/", "domain.example")).startsWith("HTTP/1.1 403 ");
    assertThat(ask(there, "/listed.html", "page.example")).startsWith("HTTP/1.1 200 ");
    assertThat(ask(ELSEWHERE, "/listed.html", "page.example")).startsWith("HTTP/1.1 403 ");
    InetSocketAddress https = new InetSocketAddress(ELSEWHERE.getAddress(), 443);
    assertThat(ask(https, "/listed.html", "page.example")).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"domain.example", "WWW.domain.example.:80", "203.0.113.7", "0xcb007107"})
  void whatIsListedIsAnsweredWithoutAConnection(String host) throws IOException {
    assertThat(ask(ELSEWHERE, "/", host)).startsWith("HTTP/1.1 403 ").contains("<html");
    assertThat(connections()).isZero();
  }

  @Test
  void anAddressThatTheHostDoesNotHaveIsNotGoneTo() throws IOException {
    assertThat(ask(ELSEWHERE, "/a", "other.example")).startsWith("HTTP/1.1 200 ").endsWith("/a");
    assertThat(connections()).isOne(); // at the address that the host has
    start(Listener::refusingForeignAddresses, UnaryOperator.identity());
    assertThat(ask(ELSEWHERE, "/a", "other.example")).startsWith("HTTP/1.1 403 ");
    assertThat(ask(origin.origin.address(), "/a", "other.example")).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other.example/", "*", "\\x"})
  void onlyOriginFormIsTaken(String target) throws IOException {
    assertThat(ask(ELSEWHERE, target, "other.example")).startsWith("HTTP/1.1 400 ");
    assertThat(connections()).isZero();
  }

  @Test
  void aConnectIsNotServed() throws IOException {
    try (RawClient client = opened(ELSEWHERE)) {
      client.send("CONNECT other.example:443 HTTP/1.1\r\nHost: other.example\r\n\r\n");
      assertThat(client.readAll()).isEmpty(); // neither a request for an origin nor TLS
    }
    assertThat(connections()).isZero();
  }

  @Test
  void whatIsMeantForTheGatewayItselfIsALoopUnlessItIsListed() throws IOException {
    InetSocketAddress self = gateway.address();
    assertThat(ask(self, "/", "other.example")).startsWith("HTTP/1.1 403 ").doesNotContain("list");
    assertThat(ask(self, "/", "domain.example")).startsWith("HTTP/1.1 403 ").contains("<html");
    assertThat(ask(self, "/", "unlisted.canary.invalid")).startsWith("HTTP/1.1 502 ");
    assertThat(answerTo(self, Hello.naming("other.example".getBytes(US_ASCII))))
        .isEqualTo(ACCESS_DENIED);
    assertThat(connections()).isZero();
  }

  /** The kernel knows no destination of a connection that was made to the listener directly. */
  @Test
  void whatWasNotInterceptedIsALoop() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(ProxyHeaders.v2(0x20, 0, new byte[0]));
      client.send("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n");
      assertThat(client.readTo("\r\n")).startsWith("HTTP/1.1 403 ");
    }
    assertThat(connections()).isZero();
  }

  @Test
  void aConnectionOfItsOwnThatIsLedBackIsALoop() throws IOException {
    try (ByteOrigin router = new ByteOrigin(this::leadBack)) {
      start(
          UnaryOperator.identity(),
          b ->
              b.names(TestGateway.everythingAt(router.address()))
                  .allowAddresses(List.of(router.address())));
      assertThat(ask(ELSEWHERE, "/", "other.example")).startsWith("HTTP/1.1 403 ");
      assertThat(router.connections).hasValue(3); // chance is given its due
    }
  }

  private void leadBack(Socket from, InputStream in, OutputStream out) throws IOException {
    var source = (InetSocketAddress) from.getRemoteSocketAddress();
    var destination = (InetSocketAddress) from.getLocalSocketAddress();
    try (RawClient back = new RawClient(gateway.address())) {
      back.send(ProxyHeaders.v2(source, destination));
      byte[] request = new byte[4096];
      back.send(java.util.Arrays.copyOf(request, in.read(request)));
      out.write(back.readResponse().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void tlsIsJudgedByItsNameAndRelayedByteForByte() throws IOException {
    java.io.ByteArrayOutputStream kept = new java.io.ByteArrayOutputStream();
    try (ByteOrigin echo = ByteOrigin.echo(kept)) {
      start(
          UnaryOperator.identity(),
          b ->
              b.names(TestGateway.everythingAt(echo.address()))
                  .allowAddresses(List.of(echo.address())));
      for (String listed : List.of("domain.example", "WWW.DOMAIN.EXAMPLE", "host.example")) {
        assertThat(answerTo(ELSEWHERE, Hello.naming(listed.getBytes(US_ASCII))))
            .isEqualTo(ACCESS_DENIED);
      }
      assertThat(echo.connections).hasValue(0);
      byte[] hello = Hello.naming("page.example".getBytes(US_ASCII));
      try (RawClient client = opened(echo.address())) {
        for (byte b : hello) {
          client.send(new byte[] {b});
        }
        assertThat(client.readBytes(hello.length)).isEqualTo(hello);
      }
    }
  }

  @Test
  void tlsWithoutANameIsJudgedByItsAddress() throws IOException {
    try (ByteOrigin echo = ByteOrigin.echo(new java.io.ByteArrayOutputStream())) {
      UnaryOperator<GatewayConfig.Builder> there = b -> b.allowAddresses(List.of(echo.address()));
      start(UnaryOperator.identity(), there);
      byte[] hello = Hello.nameless();
      InetSocketAddress listed = new InetSocketAddress("203.0.113.7", 443);
      assertThat(answerTo(listed, hello)).isEqualTo(ACCESS_DENIED);
      assertThat(answerTo(echo.address(), hello)).startsWith((byte) 22);
      start(UnaryOperator.identity(), b -> there.apply(b).refuseNamelessTls());
      assertThat(answerTo(echo.address(), hello)).isEqualTo(ACCESS_DENIED);
      assertThat(echo.connections).hasValue(1);
    }
  }

  @Test
  void whatIsNeitherTlsNorHttpIsClosedUnlessConfigured() throws IOException {
    try (ByteOrigin echo = ByteOrigin.echo(new java.io.ByteArrayOutputStream())) {
      UnaryOperator<GatewayConfig.Builder> there = b -> b.allowAddresses(List.of(echo.address()));
      start(UnaryOperator.identity(), there);
      byte[] ssh = "SSH-2.0-x\r\n".getBytes(US_ASCII);
      assertThat(answerTo(echo.address(), ssh)).isEmpty();
      start(UnaryOperator.identity(), b -> there.apply(b).relayUnknownTunnels());
      assertThat(answerTo(echo.address(), ssh)).isEqualTo("SSH-2.0".getBytes(US_ASCII));
      assertThat(answerTo(new InetSocketAddress("203.0.113.7", 22), ssh)).isEmpty();
      assertThat(echo.connections).hasValue(1);
    }
  }
}
