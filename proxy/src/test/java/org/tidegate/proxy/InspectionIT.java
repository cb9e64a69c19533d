package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.ca.CertificateAuthority;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.tls.OriginTls;

/** What is inside TLS is judged like anything else; what is outside of it is held to be strict. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class InspectionIT {
  private static final String CLOSE = "Connection: close\r\n\r\n";
  private static final CertificateAuthority STRANGER = InspectedGateway.authority("stranger");

  private UrlFilter filter;
  private StrictOrigin origin;
  private TlsFront front;
  private InspectedGateway inspected;

  @BeforeEach
  void start() throws IOException {
    filter = ListedFilter.of("domain.example", "page.example/listed.html", "prefix.example/p/");
    origin = new StrictOrigin();
    front = new TlsFront(origin.origin.address(), InspectedGateway::valid);
    inspected = InspectedGateway.start(front.address(), filter);
  }

  @AfterEach
  void stop() throws IOException {
    inspected.close();
    front.close();
    origin.close();
  }

  private void restart(UnaryOperator<Inspection> how, UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    inspected.close();
    inspected = InspectedGateway.start(front.address(), filter, how, more);
  }

  private String get(String host, String path) throws IOException {
    try (RawClient client = inspected.client(host + ":443")) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
      return client.readAll();
    }
  }

  @Test
  void whatIsNotListedPassesUnchanged() throws IOException {
    assertThat(get("page.example", "/other.html?q=%41")).startsWith("HTTP/1.1 200 ");
    assertThat(origin.received.get(0).path()).isEqualTo("/other.html?q=%41");
    assertThat(StrictOrigin.values(origin.received.get(0).head(), "host"))
        .containsExactly("page.example");
    assertThat(origin.offences).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "page.example, /listed.html",
    "page.example, /x/../%6cisted.html?any",
    "prefix.example, /p/any",
    "domain.example, /",
    "www.domain.example, /any",
  })
  void whatIsListedGetsTheSplashPageAndNobodyIsAsked(String host, String path) throws IOException {
    assertThat(get(host, path)).startsWith("HTTP/1.1 403 ").contains("Cache-Control: no-store");
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void aListedHostIsAnsweredForAlsoIfItIsDead() throws IOException {
    front.close();
    assertThat(get("domain.example", "/")).startsWith("HTTP/1.1 403 ");
    assertThat(get("other.example", "/")).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void requestsOnOneConnectionAreJudgedEach() throws IOException {
    try (RawClient client = inspected.client("page.example:443")) {
      for (int i = 0; i < 3; i++) {
        client.send("GET /a" + i + " HTTP/1.1\r\nHost: page.example\r\n\r\n");
        assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("/a" + i);
        client.send("GET /listed.html HTTP/1.1\r\nHost: page.example:443\r\n\r\n");
        assertThat(client.readResponse()).startsWith("HTTP/1.1 403 ");
      }
    }
    assertThat(origin.received).hasSize(3);
    assertThat(origin.origin.connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: other.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: page.example:80\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: page.example\r\nHost: page.example\r\n\r\n",
        "CONNECT page.example:443 HTTP/1.1\r\nHost: page.example:443\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void theGateStandsInsideToo(String request) throws IOException {
    try (RawClient client = inspected.client("page.example:443")) {
      client.send(request);
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(origin.received).isEmpty();
  }

  /** What a fronted name asks for is judged by that name, and goes to that name's host. */
  @Test
  void theNameInsideIsTheHostWhateverTheConnectSaid() throws IOException {
    try (RawClient client =
        inspected.client("other.example:443", "page.example", InspectedGateway.OPERATOR)) {
      client.send("GET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 403 ");
      client.send("GET /x HTTP/1.1\r\nHost: page.example\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aListedTargetIsNotReachedUnderAnotherName() {
    assertThatThrownBy(
            () -> inspected.client("domain.example:443", "page.example", InspectedGateway.OPERATOR))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void disagreementIsRefusedWhereTheOperatorWants() throws IOException {
    restart(UnaryOperator.identity(), GatewayConfig.Builder::refuseDisagreement);
    assertThatThrownBy(
            () -> inspected.client("other.example:443", "page.example", InspectedGateway.OPERATOR))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(get("page.example", "/x")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void clearHttpInATunnelIsJudgedAsBefore() throws IOException {
    try (RawClient client = new RawClient(inspected.granted("page.example:80"))) {
      client.send("GET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 403 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "outdated, has expired or is not valid yet",
    "other, issued for another name",
    "stranger, nobody whom this network trusts",
    "self, nobody whom this network trusts",
  })
  void anOriginThatDoesNotProveWhoItIsGetsNothing(String fault, String text) throws IOException {
    TlsFront bad = new TlsFront(origin.origin.address(), host -> faulty(fault, host));
    front.close();
    front = bad;
    restart(UnaryOperator.identity(), UnaryOperator.identity());
    assertThat(get("page.example", "/x")).startsWith("HTTP/1.1 502 ").contains(text);
    assertThat(get("page.example", "/listed.html")).startsWith("HTTP/1.1 403 ");
    assertThat(origin.received).isEmpty();
  }

  /** Who trusts its authority still does not take a signature that could be forged. */
  @Test
  void aSignatureThatCouldBeForgedProvesNothing() throws IOException {
    X509Certificate root = WeakAuthority.root();
    front.close();
    front = new TlsFront(origin.origin.address(), host -> weak(host, "SHA1withECDSA"));
    restart(UnaryOperator.identity(), c -> c.originTls(OriginTls.trusting(List.of(root))));
    assertThat(get("page.example", "/x"))
        .startsWith("HTTP/1.1 502 ")
        .contains("signed in a way that is known to be broken");
    assertThat(origin.received).isEmpty();
    front.close();
    front = new TlsFront(origin.origin.address(), host -> weak(host, "SHA256withECDSA"));
    restart(UnaryOperator.identity(), c -> c.originTls(OriginTls.trusting(List.of(root))));
    assertThat(get("page.example", "/x")).startsWith("HTTP/1.1 200 ");
  }

  private static X509Certificate[] weak(String host, String algorithm) {
    X509Certificate leaf = WeakAuthority.leaf(host, TlsFront.KEYS.getPublic(), algorithm);
    return new X509Certificate[] {leaf};
  }

  private static X509Certificate[] faulty(String fault, String host) {
    Instant now = Instant.now();
    List<X509Certificate> chain =
        switch (fault) {
          case "outdated" ->
              InspectedGateway.WEB.issue(
                  host, TlsFront.KEYS.getPublic(), now.minus(Duration.ofDays(20)));
          case "other" ->
              InspectedGateway.WEB.issue("other.example", TlsFront.KEYS.getPublic(), now);
          default -> STRANGER.issue(host, TlsFront.KEYS.getPublic(), now);
        };
    return chain.toArray(X509Certificate[]::new);
  }

  @Test
  void bypassedHostsShowTheirOwnCertificate() throws IOException {
    restart(
        i -> i.bypassing(List.of(CanonicalHost.parse("bank.example").orElseThrow())),
        UnaryOperator.identity());
    for (String host : List.of("bank.example", "www.bank.example")) {
      try (RawClient client = inspected.client(host + ":443", host, InspectedGateway.WEB)) {
        client.send("GET /x HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE);
        assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
      }
    }
    assertThat(get("notbank.example", "/x")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void bypassNeedsBothNames() throws IOException {
    restart(
        i -> i.bypassing(List.of(CanonicalHost.parse("bank.example").orElseThrow())),
        UnaryOperator.identity());
    try (RawClient client =
        inspected.client("bank.example:443", "page.example", InspectedGateway.OPERATOR)) {
      client.send("GET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void aListedHostIsNotReachedByBypass() throws IOException {
    restart(
        i -> i.bypassing(List.of(CanonicalHost.parse("domain.example").orElseThrow())),
        UnaryOperator.identity());
    assertThatThrownBy(
            () -> inspected.client("www.domain.example:443", "www.domain.example", STRANGER))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void aClientThatRefusesTheCertificateIsRefusedAgain() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> inspected.client("app.example:443", "app.example", STRANGER))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void aClientThatRefusesTheCertificateIsLeftAloneWhereTheOperatorWants() throws IOException {
    restart(i -> i.passingRefused(Duration.ofMinutes(10)), UnaryOperator.identity());
    assertThatThrownBy(
            () -> inspected.client("app.example:443", "app.example", InspectedGateway.WEB))
        .isInstanceOf(SSLHandshakeException.class);
    // The refusal reaches the gateway after the client has given up.
    await()
        .ignoreException(SSLHandshakeException.class)
        .untilAsserted(
            () -> {
              try (RawClient client =
                  inspected.client("app.example:443", "app.example", InspectedGateway.WEB)) {
                client.send("GET /x HTTP/1.1\r\nHost: app.example\r\n" + CLOSE);
                assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
              }
            });
    assertThat(get("page.example", "/listed.html")).startsWith("HTTP/1.1 403 ");
    assertThatThrownBy(() -> inspected.client("domain.example:443", "domain.example", STRANGER))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(
            () -> inspected.client("domain.example:443", "domain.example", InspectedGateway.WEB))
        .isInstanceOf(SSLHandshakeException.class);
  }

  /** For a client, a listed host and any other show certificates of one kind. */
  @Test
  void certificatesTellNothing() throws Exception {
    X509Certificate listed = shown("domain.example");
    X509Certificate other = shown("other.example");
    assertThat(listed.getIssuerX500Principal()).isEqualTo(other.getIssuerX500Principal());
    assertThat(listed.getCriticalExtensionOIDs()).isEqualTo(other.getCriticalExtensionOIDs());
    assertThat(listed.getNonCriticalExtensionOIDs()).isEqualTo(other.getNonCriticalExtensionOIDs());
    assertThat(listed.getPublicKey()).isEqualTo(other.getPublicKey());
    assertThat(
            Duration.between(listed.getNotBefore().toInstant(), other.getNotBefore().toInstant()))
        .isLessThan(Duration.ofMinutes(1));
  }

  private X509Certificate shown(String host) throws IOException {
    try (SSLSocket socket =
        InspectedGateway.secured(
            inspected.granted(host + ":443"), host, InspectedGateway.OPERATOR, "http/1.1")) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void aWebSocketPassesInside() throws IOException {
    front.close();
    try (ByteOrigin echo =
        new ByteOrigin(
            (socket, in, out) -> {
              ScriptedOrigin.readHead(in);
              out.write(
                  "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
                      .getBytes(US_ASCII));
              in.transferTo(out);
            })) {
      front = new TlsFront(echo.address(), InspectedGateway::valid);
      restart(UnaryOperator.identity(), UnaryOperator.identity());
      try (RawClient client = inspected.client("ws.example:443")) {
        client.send(
            "GET /s HTTP/1.1\r\n"
                + "Host: ws.example\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n\r\n");
        assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        client.send("hello");
        assertThat(new String(client.readBytes(5), US_ASCII)).isEqualTo("hello");
      }
    }
  }
}
