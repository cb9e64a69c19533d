package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.app.alarm.AlarmReceiver;
import org.tidegate.sync.ListStore;

/** A gateway's alarms reach a web server and a program of the operator's. */
@Timeout(180)
class AlarmIT {
  private static final String PASSWORD = "password";

  @TempDir Path directory;
  private TestPublisher publisher;
  private Path heard;

  @BeforeEach
  void publish() throws Exception {
    publisher = TestPublisher.init(directory, "own");
    publisher.publish("qzlisted.example\n");
    heard = directory.resolve("heard");
  }

  @Test
  void webhookAndCommandHearOfEveryChangeOnce() throws Exception {
    Path command = script("cat >> " + heard, "printf '%s' \"$*\" >> " + heard);
    try (AlarmReceiver webhook = new AlarmReceiver(tls())) {
      Files.writeString(directory.resolve("token"), "Bearer qztoken\n");
      Path file =
          publisher.configuration(
              ("alarm:\n  webhook: \"%s\"\n  credentials: token\n  authorities: ca.pem\n"
                      + "  command: [%s, \"a b\", $HOME]\n")
                  .formatted(webhook.address(), command));
      try (GatewayProgram program = GatewayProgram.start(directory, file)) {
        program.awaitReady();
        Path timestamp = directory.resolve("pub/repository/timestamp.json");
        byte[] good = Files.readAllBytes(timestamp);
        Files.writeString(timestamp, "{}");
        awaitSize(webhook.alarms(), 1);
        Files.write(timestamp, good);
        awaitSize(webhook.alarms(), 2);
        assertThat(webhook.alarms().get(0))
            .contains("\"list\":\"own\"", "\"state\":\"late\"", "\"reason\":\"malformed\"")
            .contains("\"before\":\"fresh\"", "\"serial\":1");
        assertThat(webhook.alarms().get(1))
            .contains("\"state\":\"fresh\"", "\"before\":\"late\"", "\"reason\":\"\"");
        assertThat(webhook.credentials()).containsOnly("Bearer qztoken");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> Files.readString(heard).contains("\"fresh\"}\na b $HOME"));
        assertThat(Files.readString(heard))
            .isEqualTo(
                webhook.alarms().get(0) + "\na b $HOME" + webhook.alarms().get(1) + "\na b $HOME");
        String metrics = program.ask("/metrics");
        assertThat(metrics)
            .contains("tidegate_alarms_total{receiver=\"webhook\",outcome=\"delivered\"} 2\n")
            .contains("tidegate_alarms_total{receiver=\"command\",outcome=\"delivered\"} 2\n");
        assertThat(program.log() + metrics + webhook.alarms())
            .doesNotContain("qzlisted", "qztoken", "qzsecret");
      }
    }
  }

  @Test
  void whoRefusesIsAskedAgainAndWhoHangsHoldsUpNobody() throws Exception {
    Path command = script("sleep 3600 & sleep 3600");
    try (AlarmReceiver webhook = new AlarmReceiver(null).refusing(2)) {
      Path file =
          publisher.configuration(
              "alarm: {webhook: \"%s\", command: [%s], timeout: 1s}\n"
                  .formatted(webhook.address(), command));
      Files.move(directory.resolve("pub/repository"), directory.resolve("pub/away"));
      try (GatewayProgram program = GatewayProgram.start(directory, file)) {
        awaitSize(webhook.alarms(), 1);
        assertThat(webhook.alarms().get(0)).contains("\"state\":\"none\"", "\"not-found\"");
        Files.move(directory.resolve("pub/away"), directory.resolve("pub/repository"));
        awaitSize(webhook.alarms(), 2);
        assertThat(TestClient.status(program.proxy, "http://qzlisted.example/")).isEqualTo(403);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> program.log().contains("alarm: command failed: timeout, list own: none"));
        long left =
            ProcessHandle.of(program.pid()).orElseThrow().descendants().filter(this::isOld).count();
        assertThat(left).isZero();
      }
    }
  }

  private boolean isOld(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> start.plusSeconds(10).isBefore(Instant.now()))
        .orElse(false);
  }

  @Test
  void aHangingWebhookDoesNotKeepTheListFromBeingUpdated() throws Exception {
    try (AlarmReceiver webhook = new AlarmReceiver(null).hanging()) {
      Path file = publisher.configuration("alarm: {webhook: \"" + webhook.address() + "\"}\n");
      try (GatewayProgram program = GatewayProgram.start(directory, file)) {
        program.awaitReady();
        Path timestamp = directory.resolve("pub/repository/timestamp.json");
        byte[] good = Files.readAllBytes(timestamp);
        Files.writeString(timestamp, "{}");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> program.log().contains("list own: late, serial 1"));
        Files.write(timestamp, good);
        publisher.publish("next.example\n");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> TestClient.status(program.proxy, "http://next.example/") == 403);
        program.signal("TERM");
        assertThat(program.end()).isZero();
      }
    }
  }

  @Test
  void aPinIsAlarmedUntilItIsLifted() throws Exception {
    try (AlarmReceiver webhook = new AlarmReceiver(null)) {
      Path file = publisher.configuration("alarm: {webhook: \"" + webhook.address() + "\"}\n");
      ListStore store = new ListStore(directory.resolve("store"));
      try (RunningGateway gateway = RunningGateway.start(file, Map.of())) {
        awaitSerial(store, 1);
        publisher.publish("next.example\n");
        awaitSerial(store, 2);
        store.pin("own", Optional.empty(), "the newest blocks wrongly", Instant.now());
        awaitSize(webhook.alarms(), 1);
        assertThat(webhook.alarms().get(0))
            .contains("\"reason\":\"pinned\"", "\"state\":\"late\"", "\"serial\":1");
        assertThat(gateway.summary()).startsWith("1 list, 1 entries");
        assertThat(store.unpin("own")).isTrue();
        awaitSize(webhook.alarms(), 2);
        assertThat(webhook.alarms().get(1))
            .contains("\"state\":\"fresh\"", "\"before\":\"late\"", "\"serial\":2");
      }
    }
  }

  private static void awaitSerial(ListStore store, long serial) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                store
                    .status("own", Instant.now())
                    .edition()
                    .filter(edition -> edition.serial() == serial)
                    .isPresent());
  }

  private static void awaitSize(List<String> alarms, int size) {
    await().atMost(Duration.ofSeconds(60)).until(() -> alarms.size() == size);
  }

  private Path script(String... lines) {
    return Shell.script(directory.resolve("page"), lines);
  }

  /** With a certificate of its own, which {@code ca.pem} holds. */
  private SSLContext tls() throws Exception {
    Path store = directory.resolve("tls.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String rest = " -alias k -keystore " + store + " -storepass " + PASSWORD;
    run(keytool + " -genkeypair -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1" + rest);
    run(keytool + " -exportcert -rfc -file " + directory.resolve("ca.pem") + rest);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void run(String command) throws IOException {
    String[] words = command.split(" ");
    Path log = directory.resolve("keytool.log");
    assertThat(Shell.end(new Shell(directory).start(log, log, words))).isZero();
  }
}
