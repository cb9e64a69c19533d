package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;

/** What happens on the data path is told, once each, and nothing of what was asked for. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class GatewayEventsIT {
  private final RecordedEvents events = new RecordedEvents();
  private ScriptedOrigin origin;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    start(UnaryOperator.identity());
  }

  private void start(UnaryOperator<GatewayConfig.Builder> more) throws IOException {
    origin = ScriptedOrigin.answering(ScriptedOrigin.ok("hello"));
    gateway =
        TestGateway.start(
            origin.address(),
            ListedFilter.of("domain.example"),
            builder -> more.apply(builder.events(events)));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  private String get(String url) throws IOException {
    String host = url.replaceFirst("http://([^/]*).*", "$1");
    return RawClient.exchange(
        gateway.address(),
        "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private void heard(String... expected) {
    await().untilAsserted(() -> assertThat(events.heard()).containsExactlyInAnyOrder(expected));
  }

  @Test
  void aRequestThatPasses() throws IOException {
    assertThat(get("http://free.example/")).endsWith("hello");
    gateway.close();

    heard(
        "client connected EXPLICIT",
        "judged URL",
        "upstream connected",
        "answered",
        "client gone EXPLICIT",
        "upstream gone");
  }

  @Test
  void aBlockCarriesTheReferenceOfItsPage() throws IOException {
    String page = get("http://domain.example/some/page");

    heard("client connected EXPLICIT", "judged URL", "client gone EXPLICIT");
    Judged judged = Objects.requireNonNull(events.judgements.peek());
    assertThat(judged.judgement().verdict()).isInstanceOf(Verdict.Blocked.class);
    assertThat(page).contains(Objects.requireNonNull(judged.reference()).text());
    assertThat(judged.client()).containsExactly(127, 0, 0, 1);
    assertThat(judged.nanos()).isPositive();
    assertThat(judged.canary()).isFalse();
    assertThat(judged.toString()).doesNotContain("domain", "127");
  }

  @Test
  void aCanaryIsToldAsOneAndNeverSentOn() throws IOException {
    assertThat(get("http://test.canary.invalid/")).startsWith("HTTP/1.1 403 ");
    assertThat(get("http://other.canary.invalid/")).startsWith("HTTP/1.1 502 ");

    await().until(() -> events.heard().contains("unserved NAME_NOT_FOUND"));
    assertThat(events.judgements).extracting(Judged::canary).containsExactly(true, true);
    assertThat(origin.heads).isEmpty();
  }

  @Test
  void aRequestThatTheGateRefuses() throws IOException {
    assertThat(RawClient.exchange(gateway.address(), "GET http://free.example/ HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");

    heard("client connected EXPLICIT", "refused NO_HOST", "client gone EXPLICIT");
  }

  @Test
  void requestsThatCannotBeServed() throws IOException {
    origin.close();
    assertThat(get("http://free.example/")).startsWith("HTTP/1.1 502 ");
    assertThat(get("http://127.0.0.2/")).startsWith("HTTP/1.1 403 ");

    await().until(() -> events.heard().contains("unserved ADDRESS_NOT_ALLOWED"));
    assertThat(events.heard()).contains("unserved UNREACHABLE").doesNotContain("answered");
  }

  @Test
  void anAnswerThatIsNone() throws IOException {
    stop();
    start(UnaryOperator.identity());
    origin.close();
    try (ScriptedOrigin odd = ScriptedOrigin.answering("SMTP ready\r\n\r\n");
        Gateway toOdd =
            TestGateway.start(
                odd.address(), ListedFilter.of("domain.example"), b -> b.events(events))) {
      String request = "GET http://free.example/ HTTP/1.1\r\nHost: free.example\r\n\r\n";
      try (RawClient client = new RawClient(toOdd.address())) {
        client.send(request);
        assertThat(client.readTo("\r\n")).startsWith("HTTP/1.1 502 ");
      }
    }
    assertThat(events.heard()).contains("unserved BAD_ANSWER");
  }

  @Test
  void theNamesOfTlsHandshakes() throws IOException {
    for (byte[] hello :
        List.of(
            Hello.naming("free.example".getBytes(US_ASCII)),
            Hello.naming("domain.example".getBytes(US_ASCII)),
            Hello.nameless())) {
      try (RawClient client = new RawClient(gateway.address())) {
        client.send("CONNECT free.example:443 HTTP/1.1\r\nHost: free.example:443\r\n\r\n");
        client.readTo("\r\n\r\n");
        client.send(hello);
        client.endOutput();
        client.readAll();
      }
    }

    await()
        .untilAsserted(
            () ->
                assertThat(events.heard())
                    .contains("server name SAME", "server name OTHER", "server name ABSENT"));
    assertThat(events.heard()).filteredOn("judged CONNECT"::equals).hasSize(3);
    assertThat(events.heard()).filteredOn("judged SERVER_NAME"::equals).hasSize(2);
  }

  @Test
  void aTunnelThatHoldsNeitherTlsNorHttp() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.send("CONNECT free.example:443 HTTP/1.1\r\nHost: free.example:443\r\n\r\n");
      client.readTo("\r\n\r\n");
      client.send("\u0000\u0001\u0002\u0003");
      client.readAll();
    }

    assertThat(events.heard()).contains("unserved UNKNOWN_TUNNEL");
  }

  @Test
  void aClientTooManyIsTurnedAway() throws IOException {
    stop();
    start(builder -> builder.maxConnections(1));
    try (RawClient first = new RawClient(gateway.address())) {
      first.send("GET http://free.example/ HTTP/1.1\r\nHost: free.example\r\n\r\n");
      first.readResponse();
      new RawClient(gateway.address()).close();

      await().until(() -> events.heard().contains("client turned away EXPLICIT"));
    }
  }
}
