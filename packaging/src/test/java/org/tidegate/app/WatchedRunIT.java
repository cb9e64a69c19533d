package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tidegate.app.config.ConfigurationException;

/** What operators see of a gateway that runs by a configuration. */
@SuppressWarnings("NullAway.Init")
@Timeout(180)
class WatchedRunIT {
  private static final String ADMIN = "admin: {listen: 127.0.0.1:0, canary-interval: 1s}\n";
  private static final String LISTS =
      """
      lists:
        - {name: own, kind: block, source: {file: own.txt, format: native}}
        - {name: seen, kind: block, mode: observe, source: {file: seen.txt, format: native}}
      """;

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger blocks = (Logger) LoggerFactory.getLogger("org.tidegate.block");
  private TestOrigin origin;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    origin = new TestOrigin();
    file = directory.resolve("c.yaml");
    Files.writeString(
        directory.resolve("own.txt"),
        "listed.example\n=host.example\npage.example/a/page.html\npage.example/b/\n");
    Files.writeString(directory.resolve("seen.txt"), "seen.example\nlisted.example\n");
    log.start();
    blocks.addAppender(log);
  }

  @AfterEach
  void stop() {
    blocks.detachAppender(log);
    origin.close();
    LogLines.use(false);
  }

  private void write(String... parts) throws IOException {
    String upstream = "upstream: {allow-addresses: [\"" + origin.hostAndPort() + "\"]}\n";
    Files.writeString(
        file, "listeners: {explicit: [127.0.0.1:0]}\n" + upstream + String.join("", parts));
  }

  private static String get(InetSocketAddress proxy, String url) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(20_000);
      socket.connect(proxy);
      String host = URI.create(url).getAuthority();
      String request =
          "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String ask(RunningGateway gateway, String path) {
    InetSocketAddress admin = gateway.admin().orElseThrow();
    try (Socket socket = new Socket()) {
      socket.connect(admin);
      String request = "GET " + path + " HTTP/1.1\r\nHost: admin\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> lines(boolean json) {
    LogLines.use(json);
    LogLines encoder = new LogLines();
    return log.list.stream().map(event -> new String(encoder.encode(event), UTF_8)).toList();
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return Tidegate.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  private void withListenerAt(InetSocketAddress address) throws IOException {
    Path known = directory.resolve("known.yaml");
    String text = Files.readString(file);
    Files.writeString(known, text.replaceFirst("127.0.0.1:0", Addresses.text(address)));
  }

  @Test
  void aBlockIsOneLineWithTheReferenceOfItsPageAndNothingOfAnybody() throws Exception {
    write(ADMIN, LISTS);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      String page = get(gateway.addresses().get(0), "http://www.listed.example/some/path?q=1");
      await().until(() -> log.list.size() == 2);

      List<String> plain = lines(false);
      assertThat(plain.get(0))
          .matches(
              "\\S+Z INFO  block: blocked list=own serial=\\d+ entry=\\d+ mode=enforce"
                  + " listener=explicit sight=url repeated=false reference=[0-9A-Z]{10}\n");
      String reference = plain.get(0).replaceFirst("(?s).*reference=(\\w+)\n", "$1");
      assertThat(page).startsWith("HTTP/1.1 403 ").contains(reference);
      assertThat(plain.get(1))
          .contains(" observed list=seen ", " mode=observe ")
          .doesNotContain("reference");
      List<String> json = lines(true);
      assertThat(json.get(0))
          .matches(
              "\\{\"time\":\"\\S+Z\",\"level\":\"INFO\",\"logger\":\"block\",\"message\":\"blocked\","
                  + "\"list\":\"own\",\"serial\":\\d+,\"entry\":\\d+,\"mode\":\"enforce\","
                  + "\"listener\":\"explicit\",\"sight\":\"url\",\"repeated\":false,"
                  + "\"reference\":\""
                  + reference
                  + "\"}\n");
      assertThat(String.join("", plain) + String.join("", json))
          .doesNotContain("listed", "example", "some/path", "127.0.0.1");
    }
  }

  @Test
  void aSchoolMayChooseToSeeWhoItWas() throws Exception {
    String group = "groups: [{name: pupils, networks: [127.0.0.0/8], lists: [own, seen]}]\n";
    write(ADMIN, LISTS, group, "profile: school\n");
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      get(gateway.addresses().get(0), "http://host.example/");
      write(ADMIN, LISTS, group, "profile: school\nlog: {clients: show}\n");
      gateway.reload();
      get(gateway.addresses().get(0), "http://host.example/");
      await().until(() -> log.list.size() == 2);

      List<String> lines = lines(false);
      assertThat(lines.get(0)).contains("repeated=false").doesNotContain("client", "127.0.0.1");
      assertThat(lines.get(1))
          .contains("repeated=true")
          .endsWith(" client=127.0.0.1 group=pupils\n");
    }
  }

  @Test
  void aCarrierCannotChooseSo() throws Exception {
    write(LISTS, "log: {clients: show}\n");
    assertThatThrownBy(() -> RunningGateway.start(file, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("log.clients: 'show' (expected: hide, or profile: school)");
  }

  @Test
  void aReloadMovesTheAdminEndpointAndMetricsGoOn() throws Exception {
    write(LISTS);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(gateway.admin()).isEmpty();
      get(address, "http://host.example/");
      write(ADMIN, LISTS);
      gateway.reload();
      assertThat(ask(gateway, "/metrics"))
          .contains("\ntidegate_blocks_total{list=\"own\",mode=\"enforce\"} 1\n");
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        String elsewhere = "127.0.0.1:" + taken.getLocalPort();
        write("admin: {listen: \"" + elsewhere + "\"}\n", LISTS);
        assertThatThrownBy(gateway::reload)
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(":3:17: admin.listen: " + elsewhere + " is taken (expected: ");
      }
      get(address, "http://host.example/");
      assertThat(ask(gateway, "/metrics"))
          .contains("\ntidegate_blocks_total{list=\"own\",mode=\"enforce\"} 2\n");
      InetSocketAddress before = gateway.admin().orElseThrow();
      write(LISTS);
      gateway.reload();
      assertThat(gateway.admin()).isEmpty();
      assertThatThrownBy(() -> new Socket(before.getAddress(), before.getPort()).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aStopTurnsReadinessRedWhileRequestsUnderWayEnd() throws Exception {
    write(ADMIN, LISTS);
    RunningGateway gateway = RunningGateway.start(file, Map.of());
    Thread stop = new Thread(gateway::close);
    await().until(() -> ask(gateway, "/ready").startsWith("HTTP/1.1 200 "));
    try (Socket underWay = new Socket()) {
      underWay.connect(gateway.addresses().get(0));
      String line = "GET http://host.example/ HTTP/1.1\r\n";
      String field = "Host: host.example\r\n\r\n";
      underWay.getOutputStream().write((line + field + line).getBytes(UTF_8));
      // The first is answered, so the line after it has arrived: the connection is not idle.
      assertThat(underWay.getInputStream().read()).isEqualTo('H');
      stop.start();
      await().until(() -> ask(gateway, "/ready").contains("not ready: gateway: stopping\n"));
      assertThat(ask(gateway, "/live")).startsWith("HTTP/1.1 200 ");
      underWay.getOutputStream().write(field.getBytes(UTF_8));
      assertThat(new String(underWay.getInputStream().readAllBytes(), UTF_8))
          .startsWith("TTP/1.1 403 ")
          .contains("HTTP/1.1 403 ");
    }
    stop.join();
    assertThat(ask(gateway, "/live")).isEmpty();
  }

  @Test
  void theSelftestAsksTheRunningGateway() throws Exception {
    write(ADMIN, LISTS);
    Path known = directory.resolve("known.yaml");
    InetSocketAddress address;
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      address = gateway.addresses().get(0);
      withListenerAt(address);
      String at = " at " + Addresses.text(address);
      assertThat(run("selftest", "--config", known.toString())).isZero();
      assertThat(out.toString(UTF_8))
          .isEqualTo("✓ a name on no list" + at + ": not blocked\n✓ list own" + at + ": blocked\n");

      Files.writeString(directory.resolve("ok.txt"), "canary.invalid\n");
      write(ADMIN, LISTS, "  - {name: ok, kind: allow, source: {file: ok.txt, format: native}}\n");
      gateway.reload();
      assertThat(run("selftest", "--config", known.toString())).isEqualTo(1);
      assertThat(out.toString(UTF_8)).endsWith("✗ list own" + at + ": passed on, not blocked\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ask(gateway, "/ready").contains("not ready: canary: not blocked: own\n"));
    }
    assertThat(run("selftest", "--config", known.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tidegate selftest: no gateway answers at "
                + Addresses.text(address)
                + " (expected: tidegate run with this configuration)\n");
  }

  @Test
  void theSelftestIsNotContentWithAGatewayThatRefusesEverything() throws Exception {
    write("failure-policy: refuse\n");
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      write(LISTS);
      withListenerAt(gateway.addresses().get(0));
      assertThat(run("selftest", "--config", directory.resolve("known.yaml").toString()))
          .isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("✗ list own", ": refused: a list is missing\n");
    }
  }

  @Test
  void coverageCountsWhatTheListenersCanEnforce() throws Exception {
    write(LISTS);
    assertThat(run("coverage", "--config", file.toString())).isZero();
    assertThat(out.toString(UTF_8))
        .matches(
            "own: serial \\d+, 4 entries: 1 domain, 1 host, 1 prefix, 1 page, 0 exact\n"
                + "  in HTTP   4 of 4 \\(100 %\\)\n"
                + "  in HTTPS  2 of 4 \\(50 %\\)\n"
                + "seen: serial \\d+, 2 entries: 2 domain, 0 host, 0 prefix, 0 page, 0 exact\n"
                + "  in HTTP   2 of 2 \\(100 %\\)\n"
                + "  in HTTPS  2 of 2 \\(100 %\\)\n");
  }
}
