package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.tidegate.filter.list.ListFormat;

/** Three hundred thousand real entries, signed and installed every two seconds under load. */
@Tag("nightly")
@Timeout(1_800)
class RealInstallsIT {
  private static final int EDITIONS = 150;
  private static final int WARM = 20;
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** Thirty times its edition, and half of what all editions take: none may be kept. */
  private static final String HEAP = "-Xmx192m";

  @TempDir Path directory;

  @Test
  void neitherAVerdictNorMemoryChanges() throws Exception {
    String text = String.join("\n", RealData.lines("phishing-urls.txt.gz"));
    TestPublisher publisher = TestPublisher.init(directory, "own");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DemoOrigin parent = DemoOrigin.start()) {
      publish(publisher, text, 0);
      String more = "upstream: {parent: 127.0.0.1:" + parent.address().getPort() + "}\n";
      try (GatewayProgram program =
          GatewayProgram.start(directory, publisher.configuration(more), HEAP)) {
        program.awaitSerial("own", 1);
        List<Future<Integer>> load = new ArrayList<>();
        List<String> listed = urls("phishing-urls.txt.gz");
        List<String> harmless = urls("benign-urls.txt.gz");
        for (int i = 0; i < 2; i++) {
          load.add(threads.submit(() -> wrong(program.proxy, listed, 403, over)));
          load.add(threads.submit(() -> wrong(program.proxy, harmless, 200, over)));
        }
        long before = 0;
        for (int edition = 1; edition <= EDITIONS; edition++) {
          Instant next = Instant.now().plus(PERIOD);
          publish(publisher, text, edition);
          program.awaitSerial("own", edition + 1);
          assertThat(TestClient.status(program.proxy, added(edition))).isEqualTo(403);
          assertThat(TestClient.status(program.proxy, added(edition - 1))).isEqualTo(200);
          await().atMost(PERIOD.plusSeconds(1)).until(() -> !Instant.now().isBefore(next));
          before = edition == WARM ? live(program) : before;
        }
        over.set(true);
        for (Future<Integer> wrong : load) {
          assertThat(wrong.get()).isZero();
        }
        assertThat(live(program)).isLessThan(before * 11 / 10);
        assertThat(program.log()).doesNotContain("ERROR");
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private static void publish(TestPublisher publisher, String text, int edition) throws Exception {
    byte[] bytes = (text + "\n" + added(edition) + "\n").getBytes(ISO_8859_1);
    publisher.publish(sink -> ListFormat.URLS.read(new ByteArrayInputStream(bytes), sink));
  }

  private static String added(int edition) {
    return "http://edition-" + edition + ".example/page";
  }

  /** How many answers are others, over all URLs again and again. A lost request is an exception. */
  private static int wrong(
      InetSocketAddress proxy, List<String> urls, int expected, AtomicBoolean over)
      throws IOException {
    int wrong = 0;
    try (TestClient client = new TestClient(proxy)) {
      for (int i = 0; !over.get(); i++) {
        wrong += client.get(urls.get(i % urls.size())) == expected ? 0 : 1;
      }
    }
    return wrong;
  }

  /** The bytes of all objects that are in use. */
  private static long live(GatewayProgram program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/jcmd",
                "" + program.pid(),
                "GC.class_histogram")
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String total = lines.lines().filter(l -> l.startsWith("Total")).findFirst().orElseThrow();
      return Long.parseLong(total.trim().split(" +")[2]);
    }
  }

  private static List<String> urls(String file) throws IOException {
    return RealData.lines(file).stream()
        .filter(line -> !line.endsWith("://"))
        .map(line -> "http://" + SentUrl.of(line))
        .toList();
  }
}
