package org.tidegate.app;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tidegate.app.config.ConfigurationException;

/** The gateway as its configuration file says, started, reloaded and stopped. */
@SuppressWarnings("NullAway.Init")
@Timeout(180)
class RunIT {
  private static final int RELOADS = 100;
  private static final String LISTS =
      """
      lists:
        - name: own
          kind: mandatory
          source: {file: own.txt, format: native}
      """;

  @TempDir Path directory;
  private TestOrigin origin;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    origin = new TestOrigin();
    file = directory.resolve("c.yaml");
    Files.writeString(directory.resolve("own.txt"), "listed.example\n");
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  private void write(String... parts) throws IOException {
    String upstream = "upstream: {allow-addresses: [\"" + origin.hostAndPort() + "\"]}\n";
    // in one step, as operators' tools do it
    Path next = directory.resolve("c.yaml.next");
    Files.writeString(
        next, "listeners: {explicit: [127.0.0.1:0]}\n" + upstream + String.join("", parts));
    Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private String passing() {
    return "http://" + origin.hostAndPort() + "/";
  }

  @Test
  void withoutAListEveryRequestIsRefusedUnlessTheOperatorLetsItPass() throws Exception {
    write();
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(TestClient.status(address, passing())).isEqualTo(503);
      assertThat(TestClient.status(address, "http://listed.example/")).isEqualTo(503);
      write("failure-policy: pass\n");
      gateway.reload();
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
      write(LISTS);
      gateway.reload();
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
      assertThat(TestClient.status(address, "http://listed.example/")).isEqualTo(403);
    }
  }

  @Test
  void groupsAndExceptionsHoldForTheirClients() throws Exception {
    Files.writeString(directory.resolve("games.txt"), "127.0.0.1\n");
    Files.writeString(directory.resolve("ok.txt"), "127.0.0.1\n");
    String games =
        "lists:\n- {name: games, kind: block, source: {file: games.txt, format: native}}\n";
    String ok = "- {name: ok, kind: allow, source: {file: ok.txt, format: native}}\n";
    String group = "groups: [{name: here, networks: [127.0.0.0/8], lists: [";
    write(games);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(TestClient.status(address, passing())).isEqualTo(403);
      write(games, ok);
      gateway.reload();
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
      write(games, ok, group, "games]}, {name: there, networks: [192.0.2.0/24], lists: [ok]}]\n");
      gateway.reload();
      assertThat(TestClient.status(address, passing())).isEqualTo(403);
    }
  }

  @Test
  void reloadsUnderLoadLoseNoRequestAndBadFilesChangeNothing() throws Exception {
    write(LISTS);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      List<Future<Integer>> served = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        served.add(threads.submit(() -> request(address, over)));
      }
      for (int i = 0; i < RELOADS; i++) {
        if (i % 10 == 9) {
          write(LISTS, "drain: never\n");
          assertThatThrownBy(gateway::reload).isInstanceOf(ConfigurationException.class);
        } else {
          write(LISTS, "limits: {head: " + (10 + i) + "s, connect: " + (5 + i % 3) + "s}\n");
          gateway.reload();
        }
      }
      over.set(true);
      for (Future<Integer> count : served) {
        assertThat(count.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int request(InetSocketAddress proxy, AtomicBoolean over) throws IOException {
    int requests = 0;
    while (!over.get()) {
      try (TestClient client = new TestClient(proxy)) {
        for (int i = 0; i < 20; i++, requests += 2) {
          assertThat(client.get(passing())).isEqualTo(200);
          assertThat(client.get("http://listed.example/" + i)).isEqualTo(403);
        }
      }
    }
    return requests;
  }

  @Test
  void aReloadDoesNotLoosenAMandatoryList() throws Exception {
    write(LISTS);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      refuses(gateway, "failure-policy: pass\n", "lists.own: gone (expected: ");
      refuses(gateway, LISTS.replace("mandatory", "block"), "lists.own: no longer mandatory");
      refuses(gateway, LISTS + "    mode: observe\n", "lists.own: no longer enforced");
      refuses(gateway, LISTS + "    failure-policy: pass\n", "lists.own: failure-policy 'pass'");
      assertThat(TestClient.status(address, "http://listed.example/")).isEqualTo(403);
    }
  }

  @Test
  void aReloadTakesNoMandatoryListThatWasCutShort() throws Exception {
    Path list = directory.resolve("own.txt");
    StringBuilder whole = new StringBuilder("listed.example\n");
    for (int i = 1; i < 1000; i++) {
      whole.append("d").append(i).append(".example\n");
    }
    Files.writeString(list, whole);
    write(LISTS);
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      Files.writeString(list, whole.substring(whole.length() / 2 + 100));
      refuses(gateway, LISTS, "lists.own.source: file: 48");
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(TestClient.status(address, "http://listed.example/")).isEqualTo(403);
      Files.writeString(list, whole.substring(0, whole.length() / 2 + 100));
      gateway.reload();
      Files.writeString(list, "listed.example\n");
      gateway.reload(); // there were fewer than 1,000 before
      assertThat(gateway.summary()).contains(" 1 entries");
    }
  }

  private void refuses(RunningGateway gateway, String next, String problem) throws IOException {
    write(next);
    assertThatThrownBy(gateway::reload)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void checkNamesWhatTheFileNamesAndCannotBeUsed() throws Exception {
    Files.writeString(directory.resolve("own.txt"), "# nothing\n");
    Files.writeString(
        file,
        LISTS
            + "  - {name: b, kind: block, source: {file: none.txt, format: urls}}\n"
            + "  - {name: c, kind: block, source: {file: own.txt, format: compiled, list-key:"
            + " own.txt}}\n"
            + "splash: {templates: no-such}\n");
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            file
                + ":7:21: splash.templates: "
                + directory.resolve("no-such")
                + ": cannot be read (expected: a directory with page.html.mustache and"
                + " en.properties)",
            file + ":4:13: lists.own.source: file: no entry is left (expected: one at least)",
            file + ":5:36: lists.b.source: file: cannot be read (expected: a list)",
            file
                + ":6:36: lists.c.source: list-key: no list key (expected: 32 hexadecimal digits)");
  }

  @Test
  void checkIsContentWithAGoodFileAndSaysSo() throws Exception {
    write(LISTS);
    assertThat(check()).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(file + ": no problem; 1 list, 1 entries\n");
    Files.delete(file);
    assertThat(check()).isEqualTo(2);
  }

  @Test
  void whatIsLeftOutOfAListsTextIsToldInCounts() throws Exception {
    Files.writeString(
        directory.resolve("own.txt"), "listed.example\n*.no.example\nco.uk\nx y\n# why\n");
    write(LISTS);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger lists = (Logger) LoggerFactory.getLogger("org.tidegate.lists");
    log.start();
    lists.addAppender(log);
    try {
      assertThat(check()).isZero();
    } finally {
      lists.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "list own: 1 entries, 0 duplicates, 1 held back, 0 skipped, 2 refused"
                + " (INVALID_HOST 1, WILDCARD 1)");
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int check() {
    return Tidegate.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        "config",
        "check",
        file.toString());
  }

  @Test
  void theProgramObeysSignals() throws Exception {
    write();
    Path err = directory.resolve("err");
    Process program = launch();
    InetSocketAddress address = awaitReady(err);
    assertThat(TestClient.status(address, passing())).isEqualTo(503);

    write("failure-policy: pass\n");
    signal(program, "HUP");
    awaitLine(err, "reloaded: listening on 127.0.0.1:");
    assertThat(TestClient.status(address, passing())).isEqualTo(200);

    Files.writeString(file, "failure-policy: pass\nprofile: none\n");
    signal(program, "HUP");
    awaitLine(
        err,
        "not reloaded, the old configuration stays: "
            + file
            + ":2:10: profile: 'none' (expected: carrier or school)");
    assertThat(TestClient.status(address, passing())).isEqualTo(200);

    signal(program, "TERM");
    assertThat(Shell.end(program)).isZero();
    assertThat(Files.readString(err)).endsWith("stopped\n");
  }

  @Test
  void saysOnOneLineThatAnAddressIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Files.writeString(file, "listeners: {explicit: [" + address + "]}\n");
      Path err = directory.resolve("err");
      assertThat(Shell.end(launch())).isEqualTo(2);
      assertThat(Files.readString(err))
          .isEqualTo("tidegate run: " + address + " is taken (listeners in " + file + ")\n");
    }
  }

  private Process launch() throws IOException {
    return new Shell(directory)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .startGateway(file);
  }

  private static InetSocketAddress awaitReady(Path err) {
    awaitLine(err, "ready: listening on 127.0.0.1:");
    Matcher m = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(read(err));
    assertThat(m.find()).isTrue();
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(m.group(1)));
  }

  private static void awaitLine(Path err, String line) {
    await().atMost(Duration.ofSeconds(90)).until(() -> read(err).contains(line));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static void signal(Process program, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(program.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
