package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.Publisher;

/** A gateway that fetches signed lists by itself. */
@SuppressWarnings("NullAway.Init")
@Timeout(180)
class SignedRunIT {
  @TempDir Path directory;
  private TestOrigin origin;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    origin = new TestOrigin();
    file = directory.resolve("c.yaml");
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void withoutAnEditionEveryRequestIsRefusedUntilTheFirstOneIsThere() throws Exception {
    publisher("one");
    write(list("one", "mandatory"));
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(TestClient.status(address, passing())).isEqualTo(503);
      publish("one", "one.example");
      awaitStatus(address, "http://one.example/", 403);
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
      assertThat(gateway.summary()).isEqualTo("1 list, 1 entries");
    }
  }

  @Test
  void anEditionIsEnforcedByItselfAndTheStoreIsEnoughForAStart() throws Exception {
    publisher("one");
    publish("one", "old.example");
    write(list("one", "mandatory"));
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      awaitStatus(address, "http://old.example/", 403);
      publish("one", "new.example");
      awaitStatus(address, "http://new.example/", 403);
    }
    Files.move(repository("one"), directory.resolve("away"));
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      assertThat(TestClient.status(address, "http://new.example/")).isEqualTo(403);
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
    }
  }

  @Test
  void aBrokenListDoesNotHoldUpAnother() throws Exception {
    publisher("one");
    publisher("two");
    publish("two", "two.example");
    write(list("one", "block") + "    failure-policy: pass\n" + list("two", "mandatory"));
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      awaitStatus(address, "http://two.example/", 403);
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
      assertThat(gateway.summary()).isEqualTo("2 lists, 1 entries, 1 missing");
    }
  }

  @Test
  void aRepositoryThatHangsHoldsUpNeitherAnotherListNorTheStop() throws Exception {
    publisher("one");
    publisher("two");
    publish("two", "two.example");
    // Connections are made and nobody ever answers.
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      String repository = "http://127.0.0.1:" + hanging.getLocalPort() + "/";
      write(
          list("one", "block").replace("one-pub/repository", "\"" + repository + "\"")
              + "    failure-policy: pass\n"
              + list("two", "mandatory"));
      try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
        InetSocketAddress address = gateway.addresses().get(0);
        awaitStatus(address, "http://two.example/", 403);
        publish("two", "next.example");
        awaitStatus(address, "http://next.example/", 403);
        assertThat(TestClient.status(address, "http://two.example/")).isNotEqualTo(403);
        assertThat(gateway.summary()).isEqualTo("2 lists, 1 entries, 1 missing");
      }
    }
  }

  @Test
  void aReloadAddsChangesAndRemovesLists() throws Exception {
    for (String name : new String[] {"one", "two"}) {
      publisher(name);
      publish(name, name + ".example");
    }
    write(list("one", "block"));
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      awaitStatus(address, "http://one.example/", 403);
      write(list("one", "block") + list("two", "block"));
      gateway.reload();
      assertThat(TestClient.status(address, "http://one.example/")).isEqualTo(403);
      awaitStatus(address, "http://two.example/", 403);

      // Where its source has changed, a list stays until the other source's first edition is there.
      write(
          list("one", "block").replace("root.json", "../two-pub/root.json") + list("two", "block"));
      gateway.reload();
      assertThat(TestClient.status(address, "http://one.example/")).isEqualTo(403);

      write(list("two", "block"));
      gateway.reload();
      publish("one", "three.example");
      assertThat(TestClient.status(address, "http://two.example/")).isEqualTo(403);
      assertThat(gateway.summary()).isEqualTo("1 list, 1 entries");
    }
  }

  @Test
  void checkTellsWhatTheStoreAndTheFilesAreGoodFor() throws Exception {
    publisher("one");
    publish("one", "one.example");
    write(list("one", "mandatory"));
    assertThat(check()).isZero();
    assertThat(out.toString(UTF_8)).endsWith("no problem; 1 list, 0 entries, 1 missing\n");
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      awaitStatus(gateway.addresses().get(0), "http://one.example/", 403);
    }
    assertThat(check()).isZero();
    assertThat(out.toString(UTF_8)).endsWith("no problem; 1 list, 1 entries\n");

    Files.writeString(directory.resolve("other.key"), "00112233445566778899aabbccddeeff\n");
    write(list("one", "mandatory").replace("one-pub/list.key", "other.key"));
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("lists.one.source: stored edition refused: wrong-key");
    write(list("one", "mandatory").replace("one-pub/root.json", "other.key"));
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("lists.one.source: trusted-root: malformed");
  }

  @Test
  void anotherKeyAtAReloadLeavesTheListEnforced() throws Exception {
    publisher("one");
    publish("one", "one.example");
    write(list("one", "mandatory"));
    Files.writeString(directory.resolve("other.key"), "00112233445566778899aabbccddeeff\n");
    try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
      InetSocketAddress address = gateway.addresses().get(0);
      awaitStatus(address, "http://one.example/", 403);
      write(list("one", "mandatory").replace("one-pub/list.key", "other.key"));
      gateway.reload();
      assertThat(TestClient.status(address, "http://one.example/")).isEqualTo(403);
      assertThat(TestClient.status(address, passing())).isEqualTo(200);
    }
  }

  private void publisher(String name) throws Exception {
    Path at = directory.resolve(name + "-pub");
    Publisher.init(at, Publisher.RootKeys.DEFAULT, Lifetimes.DEFAULT, Instant.now());
  }

  private void publish(String name, String line) throws Exception {
    byte[] text = line.getBytes(UTF_8);
    Publisher.open(directory.resolve(name + "-pub"), Lifetimes.DEFAULT)
        .publish(
            name,
            sink -> ListFormat.NATIVE.read(new ByteArrayInputStream(text), sink),
            false,
            Instant.now());
  }

  private Path repository(String name) {
    return directory.resolve(name + "-pub").resolve("repository");
  }

  private static String list(String name, String kind) {
    return """
    - name: NAME
      kind: KIND
      source: {repository: NAME-pub/repository, trusted-root: NAME-pub/root.json,
        list-key: NAME-pub/list.key, refresh: 1s}
    """
        .replace("NAME", name)
        .replace("KIND", kind)
        .indent(2);
  }

  private void write(String lists) throws IOException {
    Files.writeString(
        file,
        "listeners: {explicit: [127.0.0.1:0]}\nstore: store\n"
            + ("upstream: {allow-addresses: [\"" + origin.hostAndPort() + "\"]}\n")
            + ("lists:\n" + lists));
  }

  private String passing() {
    return "http://" + origin.hostAndPort() + "/";
  }

  private static void awaitStatus(InetSocketAddress address, String url, int status) {
    await().atMost(Duration.ofSeconds(30)).until(() -> TestClient.status(address, url) == status);
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
}
