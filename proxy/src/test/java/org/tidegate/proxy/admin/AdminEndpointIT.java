package org.tidegate.proxy.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.listen.Listener;

/** What operators see of a gateway, asked for as their tools do. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class AdminEndpointIT {
  private static final ListKey KEY = ListKey.of("test-key-0123456".getBytes(US_ASCII));
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final BlockLog blocks = new BlockLog(InstantSource.system());
  private final GatewayMetrics metrics = new GatewayMetrics(blocks);
  private final UrlFilter filter =
      new UrlFilter(
          new Policy(
              List.of(ListPolicy.block("own"), ListPolicy.allow("exceptions")),
              List.of(),
              FailurePolicy.REFUSE),
          KEY);
  private volatile ListUpdate update = new ListUpdate(ListUpdate.Freshness.FRESH, Instant.now());
  private Gateway gateway;
  private CanaryWatch canaries;
  private Health health;
  private AdminEndpoint admin;

  @BeforeEach
  void start() throws IOException {
    gateway = Gateway.start(GatewayConfig.listeningOn(LOOPBACK).events(metrics).build(), filter);
    canaries = new CanaryWatch(filter, gateway::listeners);
    health = new Health(filter, canaries, list -> update);
    GatewayFacts facts =
        new GatewayFacts(
            "1.2.3",
            InstantSource.system(),
            filter,
            metrics,
            canaries,
            list -> update,
            () -> false);
    admin = AdminEndpoint.start(LOOPBACK, new AdminPages(health, facts));
  }

  @AfterEach
  void stop() {
    canaries.close();
    admin.close();
    gateway.close();
    blocks.close();
  }

  private void install(String name, ListEntry... entries) throws ListFormatException {
    ListCompiler compiler = new ListCompiler(KEY, name, 812, Instant.parse("2026-11-01T00:00:00Z"));
    for (ListEntry entry : entries) {
      compiler.add(entry, 1);
    }
    filter.install(CompiledList.open(compiler.compile().bytes()));
  }

  private static ListEntry domain(String name) {
    return ListEntry.domain(CanonicalHost.parse(name).orElseThrow());
  }

  private void running() {
    health.running();
    canaries.every(Duration.ofMillis(50));
  }

  private static String exchange(InetSocketAddress to, String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(20_000);
      socket.connect(to);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private String get(String path) {
    try {
      return exchange(admin.address(), "GET " + path + " HTTP/1.1\r\nHost: admin\r\n\r\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private void becomes(String path, String begin, String body) {
    await()
        .untilAsserted(
            () -> assertThat(get(path)).startsWith("HTTP/1.1 " + begin).endsWith("\r\n" + body));
  }

  private PrometheusCheck scrape() {
    PrometheusCheck read = new PrometheusCheck(body(get("/metrics")));
    assertThat(read.faults).isEmpty();
    return read;
  }

  @Test
  void readyOnceAListIsEnforcedAndSeenToBe() throws Exception {
    assertThat(get("/live")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nlive\n");
    becomes(
        "/ready",
        "503 ",
        "not ready: canary: not asked yet\n"
            + "not ready: gateway: starting\n"
            + "not ready: lists: no usable list\n");
    running();
    becomes("/ready", "503 ", "not ready: lists: no usable list\n");
    install("own", domain("listed.example"));
    becomes("/ready", "200 ", "ready\n");
    health.stopping();
    becomes("/ready", "503 ", "not ready: gateway: stopping\n");
    assertThat(get("/live")).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void notReadyWhileACanaryPasses() throws Exception {
    install("own", domain("listed.example"));
    running();
    becomes("/ready", "200 ", "ready\n");
    install("exceptions", domain("own.canary.invalid"));
    becomes("/ready", "503 ", "not ready: canary: not blocked: own\n");
    becomes(
        "/healthcheck",
        "503 ",
        "{\"canary\":{\"healthy\":false,\"message\":\"not blocked: own\"},"
            + "\"freshness\":{\"healthy\":true},"
            + "\"gateway\":{\"healthy\":true},"
            + "\"lists\":{\"healthy\":true}}\n");
    await().until(() -> scrape().value("tidegate_list_canary_blocked{list=\"own\"}") == 0);
    filter.uninstall("exceptions");
    becomes("/ready", "200 ", "ready\n");
  }

  @Test
  void notReadyWhenTheGatewayAnswersNoMore() throws Exception {
    install("own", domain("listed.example"));
    running();
    becomes("/ready", "200 ", "ready\n");
    List<Listener> gone = gateway.listeners();
    canaries.close();
    canaries = new CanaryWatch(filter, () -> gone);
    gateway.close();
    health = new Health(filter, canaries, list -> update);
    running();
    await().until(() -> health.notReady().containsValue("not blocked: own"));
  }

  @Test
  void aLateListIsAnAlarmAndStillReady() throws Exception {
    install("own", domain("listed.example"));
    running();
    becomes("/ready", "200 ", "ready\n");
    update = new ListUpdate(ListUpdate.Freshness.EXPIRED, null);
    assertThat(get("/ready")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/healthcheck"))
        .startsWith("HTTP/1.1 503 ")
        .contains("\"freshness\":{\"healthy\":false,\"message\":\"own expired");
    assertThat(scrape().value("tidegate_list_freshness{list=\"own\",freshness=\"expired\"}"))
        .isEqualTo(1);
  }

  @Test
  void whatHappensIsCounted() throws Exception {
    install("own", domain("listed.example"), domain("more.example"));
    String blocked =
        "GET http://listed.example/ HTTP/1.1\r\nHost: listed.example\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 3; i++) {
      assertThat(exchange(gateway.address(), blocked)).startsWith("HTTP/1.1 403 ");
    }
    exchange(
        gateway.address(), "CONNECT more.example:443 HTTP/1.1\r\nHost: more.example:443\r\n\r\n");
    exchange(gateway.address(), "GET http://127.0.0.1/ HTTP/1.1\r\nHost: other\r\n\r\n");
    exchange(
        gateway.address(),
        "GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

    String distinct = "tidegate_distinct_blocks_total{list=\"own\",mode=\"enforce\"}";
    await().until(() -> scrape().value(distinct) == 2);
    assertThat(scrape().samples)
        .containsEntry("tidegate_requests_total{listener=\"explicit\",sight=\"url\"}", 4.0)
        .containsEntry("tidegate_requests_total{listener=\"explicit\",sight=\"connect\"}", 1.0)
        .containsEntry("tidegate_verdicts_total{verdict=\"blocked\"}", 4.0)
        .containsEntry("tidegate_verdicts_total{verdict=\"allowed\"}", 1.0)
        .containsEntry("tidegate_blocks_total{list=\"own\",mode=\"enforce\"}", 4.0)
        .containsEntry("tidegate_refusals_total{reason=\"host-unlike-target\"}", 1.0)
        .containsEntry("tidegate_unserved_total{reason=\"address-not-allowed\"}", 1.0)
        .containsEntry("tidegate_judgement_seconds_count", 5.0)
        .containsEntry("tidegate_client_connections_total{listener=\"explicit\"}", 6.0)
        .containsEntry("tidegate_list_serial{list=\"own\"}", 812.0)
        .containsEntry("tidegate_list_entries{list=\"own\",scope=\"domain\"}", 2.0)
        .containsEntry(
            "tidegate_list_installed{list=\"exceptions\",kind=\"allow\",mode=\"enforce\"}", 0.0)
        .containsKey("tidegate_list_last_success_timestamp_seconds{list=\"own\"}")
        .containsKey("tidegate_build_info{version=\"1.2.3\",java=\"" + Runtime.version() + "\"}");
    assertThat(get("/metrics")).doesNotContain("example", "127.0.0.1");
  }

  @Test
  void canariesAreCountedApart() throws Exception {
    install("own", domain("listed.example"));
    running();
    await().until(() -> scrape().value("tidegate_canaries_total") > 1);
    assertThat(scrape().samples)
        .containsEntry("tidegate_verdicts_total{verdict=\"blocked\"}", 0.0)
        .doesNotContainKey("tidegate_blocks_total{list=\"own\",mode=\"enforce\"}");
  }

  @Test
  void theStatusPageSaysWhatCanBeEnforced() throws Exception {
    install("own", domain("listed.example"));
    running();
    becomes("/ready", "200 ", "ready\n");
    assertThat(get("/"))
        .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/html")
        .contains("<td>own</td>", "1 (100 %)", "missing", "Ready.", "blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"})
  void nothingCanBeChanged(String method) throws IOException {
    assertThat(exchange(admin.address(), method + " /live HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: GET, HEAD\r\n");
  }

  @Test
  void headHasTheFieldsAlone() throws IOException {
    assertThat(exchange(admin.address(), "HEAD /live HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: 5\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void nothingIsReflected() throws IOException {
    assertThat(get("/<script>x</script>?q=reflected"))
        .startsWith("HTTP/1.1 404 ")
        .doesNotContain("script>", "reflected");
    assertThat(exchange(admin.address(), "<reflected>\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("reflected");
    assertThat(exchange(admin.address(), "GET /" + "x".repeat(9000)))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContain("xxx");
  }

  @Test
  void clientsThatSaySlowlyWhatTheyWantKeepNobodyWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket();
      socket.connect(admin.address());
      socket.getOutputStream().write("GET /l".getBytes(US_ASCII));
      slow.add(socket);
    }
    assertThat(get("/live")).startsWith("HTTP/1.1 200 ");
    for (Socket socket : slow) {
      socket.close();
    }
  }
}
