package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloads by SIGHUP under load, every tenth with a broken file: no request is lost. */
@Timeout(900)
class ReloadStormIT {
  private static final String LISTS =
      "lists:\n  - {name: own, kind: mandatory, source: {file: own.txt, format: native}}\n";

  @TempDir Path directory;

  @Test
  void aFewReloads() throws Exception {
    reload(30);
  }

  @Test
  @Tag("nightly")
  void aThousandReloads() throws Exception {
    reload(1000);
  }

  private void reload(int times) throws Exception {
    Files.writeString(directory.resolve("own.txt"), "listed.example\n");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (TestOrigin origin = new TestOrigin()) {
      Path file = write(origin, "");
      try (GatewayProgram program = GatewayProgram.start(directory, file)) {
        List<Future<Integer>> served = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          int each = i % 2 == 0 ? 1 : 50;
          served.add(threads.submit(() -> request(program, origin, each, over)));
        }
        for (int i = 1; i <= times; i++) {
          boolean broken = i % 10 == 0;
          write(origin, broken ? "drain: never\n" : "limits: {head: " + (5 + i % 50) + "s}\n");
          program.signal("HUP");
          awaitReloads(program, i);
        }
        over.set(true);
        int requests = 0;
        for (Future<Integer> count : served) {
          requests += count.get();
        }
        assertThat(requests).isGreaterThan(times);
        assertThat(count(program, " WARN  run: not reloaded, ")).isEqualTo(times / 10);
        assertThat(program.ask("/metrics"))
            .contains("tidegate_verdicts_total{verdict=\"allowed\"} " + requests / 2 + "\n")
            .contains("tidegate_verdicts_total{verdict=\"blocked\"} " + requests / 2 + "\n");
        program.signal("TERM");
        assertThat(program.end()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Path write(TestOrigin origin, String more) throws IOException {
    String text =
        "listeners: {explicit: [127.0.0.1:0]}\nadmin: {listen: 127.0.0.1:0}\n"
            + ("upstream: {allow-addresses: [\"" + origin.hostAndPort() + "\"]}\n")
            + LISTS
            + more;
    Path next = Files.writeString(directory.resolve("next"), text);
    return Files.move(next, directory.resolve("c.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitReloads(GatewayProgram program, int reloads) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> count(program, "reloaded") == reloads);
  }

  private static long count(GatewayProgram program, String what) throws IOException {
    return program.log().lines().filter(line -> line.contains(what)).count();
  }

  /** Asks until it is over, so many pairs on each connection; whatever is lost is an exception. */
  private static int request(
      GatewayProgram program, TestOrigin origin, int pairs, AtomicBoolean over) throws IOException {
    int requests = 0;
    while (!over.get()) {
      try (TestClient client = new TestClient(program.proxy)) {
        for (int i = 0; i < pairs; i++, requests += 2) {
          assertThat(client.get("http://" + origin.hostAndPort() + "/")).isEqualTo(200);
          assertThat(client.get("http://listed.example/" + i)).isEqualTo(403);
        }
      }
    }
    return requests;
  }
}
