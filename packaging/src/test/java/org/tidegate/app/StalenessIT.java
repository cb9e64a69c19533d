package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on a clock that the test sets (faketime): every rung of the ladder of staleness, as
 * metrics, checks, alarms and {@code list status} tell it, and the list enforced on each. Under
 * libfaketime Java is slow, and may hang: no test for every build.
 */
@Tag("nightly")
class StalenessIT {
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

  private static final Duration A_WHILE = Duration.ofSeconds(60);
  private static final Duration THREE_DAYS = Duration.ofDays(3);

  @TempDir private Path directory;
  private TestPublisher publisher;
  private Path clock;
  private Shell shell;

  @BeforeEach
  void publish() throws Exception {
    assertThat(FAKETIME).as("Debian package faketime").exists();
    publisher = TestPublisher.init(directory, "test");
    publisher.publish("listed.example\n");
    clock = directory.resolve("clock");
    set("+0");
    shell =
        new Shell(directory)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("LD_PRELOAD", FAKETIME.toString())
            .with("FAKETIME_TIMESTAMP_FILE", clock.toString())
            .with("FAKETIME_CACHE_DURATION", "1")
            .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .with("NO_FAKE_STAT", "1");
  }

  @Test
  void everyRungAndClocksThatJump() throws Exception {
    try (GatewayProgram program = GatewayProgram.start(shell, directory, configuration())) {
      program.awaitReady();
      assertRung(program, "fresh", "200");
      set("+3d");
      assertRung(program, "late", "503");
      assertAlarm("fresh", "no-edition", "late");
      assertStatus("late", "no-edition");
      set("+8d");
      assertRung(program, "expired", "503");
      assertAlarm("late", "expired", "expired");
      // Right again, it is behind the time at which the list was verified last.
      set("+0");
      assertRung(program, "late", "503");
      assertAlarm("late", "clock", "late");
      assertStatus("late", "clock");
      set("-400d");
      assertRung(program, "late", "503");
      publisher.publish("listed.example\nother.example\n", Instant.now().plus(THREE_DAYS));
      set("+3d");
      assertRung(program, "fresh", "200");
    }
  }

  @Test
  void aYearSwitchedOffAndThePublisherGone() throws Exception {
    Path configuration = configuration();
    try (GatewayProgram program = GatewayProgram.start(shell, directory, configuration)) {
      program.awaitReady();
      program.awaitSerial("test", 1);
    }
    Path repository = directory.resolve("pub/repository");
    Path away = directory.resolve("away");
    Files.move(repository, away, StandardCopyOption.ATOMIC_MOVE);
    set("+364d");
    try (GatewayProgram program = GatewayProgram.start(shell, directory, configuration)) {
      program.awaitReady();
      assertRung(program, "expired", "503");
      assertAlarm("fresh", "expired", "expired");
      assertStatus("expired", "");
      Files.move(away, repository, StandardCopyOption.ATOMIC_MOVE);
      set("+1d");
      assertRung(program, "fresh", "200");
    }
  }

  private void set(String offset) throws IOException {
    // In one step: what is read is one or the other.
    Path next = Files.writeString(directory.resolve("next"), offset + "\n");
    Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path configuration() throws IOException {
    Path alarm = Shell.script(directory.resolve("alarm"), "cat >> " + directory.resolve("alarms"));
    Path file = publisher.configuration("alarm: {command: " + alarm + "}\n");
    String text = Files.readString(file).replace("refresh: 1s", "refresh: 1s, edition-every: 2d");
    return Files.writeString(file, text);
  }

  private void assertRung(GatewayProgram program, String rung, String healthcheck)
      throws IOException {
    String line = "tidegate_list_freshness{list=\"test\",freshness=\"" + rung + "\"} 1";
    await().atMost(A_WHILE).until(() -> program.ask("/metrics").contains(line));
    assertThat(program.ask("/ready")).isEqualTo("200 ready\n");
    assertThat(program.ask("/healthcheck")).startsWith(healthcheck);
    assertThat(program.ask("/metrics")).contains("tidegate_ready 1");
    assertThat(TestClient.status(program.proxy, "http://listed.example/")).isEqualTo(403);
  }

  private void assertStatus(String rung, String cause) {
    await().atMost(A_WHILE).until(() -> status().startsWith("test: " + rung + " (" + cause));
  }

  private String status() throws IOException {
    return shell.run(Shell.TIDEGATE, "list", "status", "--store", "store").out();
  }

  private void assertAlarm(String before, String reason, String state) {
    await()
        .ignoreException(NoSuchFileException.class)
        .atMost(A_WHILE)
        .until(
            () ->
                Files.readString(directory.resolve("alarms"))
                    .lines()
                    .anyMatch(
                        line ->
                            line.contains("\"before\":\"" + before + "\"")
                                && line.contains("\"reason\":\"" + reason + "\"")
                                && line.contains("\"state\":\"" + state + "\"")));
  }
}
