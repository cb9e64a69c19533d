package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.sync.UpdateOutcome;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Updated;

/**
 * The programs themselves are killed (SIGKILL) at random moments of their work. Whenever that is,
 * the next start enforces a verified edition, the old or the new one, and the publisher goes on.
 */
@Timeout(3600)
class KilledProgramIT {
  private static final int ENTRIES = 5_000;
  private static final long SEED = 20261125;

  /** Every fourth is killed at any moment of its life, the others once they begin to write. */
  private static final int ANY_MOMENT = 4;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @TempDir Path directory;
  private TestPublisher publisher;
  private long serial;
  private int kills;

  @BeforeEach
  void publishFirstEdition() throws Exception {
    publisher = TestPublisher.init(directory, "test");
    publishNext();
    assertThat(update("store")).isEqualTo(new Updated(serial));
  }

  @Test
  void fetching() throws Exception {
    killFetching(25);
  }

  @Test
  void publishing() throws Exception {
    killPublishing(25);
  }

  @Test
  @Tag("nightly")
  void fetchingAndPublishingAllNight() throws Exception {
    killFetching(175);
    killPublishing(175);
  }

  @Test
  @Tag("nightly")
  void runningAllNight() throws Exception {
    killRunning(100);
  }

  private void killRunning(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      try (GatewayProgram program = GatewayProgram.start(directory, publisher.configuration(""))) {
        publishNext();
        // Its refresh is due within a second and a tenth.
        pause(random.nextLong(1_300_000_000));
        program.signal("KILL");
        // Its locks go with it, and not a moment before.
        assertThat(program.end()).isNotZero();
      }
      assertStarts(serial - 1);
    }
  }

  private void killFetching(int times) throws Exception {
    Moments moments = watch(directory.resolve("calibration/test"), fetch("calibration"));
    for (int i = 0; i < times; i++) {
      publishNext();
      kill(i, moments, directory.resolve("store/test"), fetch("store"));
      assertStarts(serial - 1);
    }
    assertThat(kills).as("killed in time").isPositive();
  }

  private void killPublishing(int times) throws Exception {
    Path written = directory.resolve("pub/repository/targets/lists/test");
    Moments moments = watch(written, publish());
    serial++;
    assertThat(update("store")).isEqualTo(new Updated(serial));
    for (int i = 0; i < times; i++) {
      kill(i, moments, written, publish());
      UpdateOutcome seen = update("store");
      assertThat(seen).as("kill %d", i).isIn(new Current(serial), new Updated(serial + 1));
      serial += seen instanceof Updated ? 1 : 0;
      assertThat(update("new" + i)).as("kill %d", i).isEqualTo(new Updated(serial));
      publishNext();
      assertThat(update("store")).as("kill %d", i).isEqualTo(new Updated(serial));
    }
    assertThat(kills).as("killed in time").isPositive();
  }

  /** The next start: without a repository it has the old edition or the new one, and then this. */
  private void assertStarts(long old) throws Exception {
    UrlFilter filter = new UrlFilter(publisher.key());
    UpdateOutcome restored = publisher.updater("store", filter).restore().orElseThrow();
    assertThat(restored).as("kill after %d", old).isIn(new Current(old), new Current(old + 1));
    boolean isOld = restored.equals(new Current(old));
    assertThat(blocks(filter, "edition-" + old + ".example")).isEqualTo(isOld);
    assertThat(blocks(filter, "edition-" + (old + 1) + ".example")).isEqualTo(!isOld);
    assertThat(update("store").isGood()).as("kill after %d", old).isTrue();
    try (Stream<Path> files = Files.list(directory.resolve("store/test"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  private static boolean blocks(UrlFilter filter, String host) {
    return filter.check(CanonicalUrl.parse(host).orElseThrow()) instanceof Verdict.Blocked;
  }

  /** How long a program lives, and how long it does so after it began to write. */
  private record Moments(long whole, long writing) {}

  private Moments watch(Path written, String... command) throws Exception {
    List<String> before = names(written);
    long begin = System.nanoTime();
    Process process = start(command);
    awaitChange(process, written, before);
    long change = System.nanoTime();
    assertThat(process.waitFor()).isZero();
    long end = System.nanoTime();
    return new Moments(end - begin, end - change);
  }

  private void kill(int number, Moments moments, Path written, String... command) throws Exception {
    List<String> before = names(written);
    Process process = start(command);
    if (number % ANY_MOMENT == 0) {
      pause(random.nextLong(moments.whole() + 1));
    } else {
      awaitChange(process, written, before);
      pause(random.nextLong(moments.writing() + 1));
    }
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    kills += process.exitValue() == 0 ? 0 : 1;
  }

  private static void awaitChange(Process process, Path written, List<String> before)
      throws IOException {
    while (process.isAlive() && names(written).equals(before)) {
      pause(500_000);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private Process start(String... command) throws IOException {
    return new Shell(directory)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("TIDEGATE_JAVA_OPTS", "-XX:TieredStopAtLevel=1")
        .start(directory.resolve("out"), directory.resolve("err"), command);
  }

  private String[] fetch(String store) {
    return words(
        "list fetch --repository pub/repository --trusted-root pub/root.json --name test"
            + (" --list-key pub/list.key --store " + store));
  }

  private String[] publish() throws IOException {
    Files.writeString(directory.resolve("list.txt"), TestPublisher.edition(serial + 1, ENTRIES));
    return words("list publish --dir pub --name test --list list.txt --format native");
  }

  private static String[] words(String arguments) {
    return (Shell.TIDEGATE + " " + arguments).split(" ");
  }

  private void publishNext() throws Exception {
    serial = publisher.publish(TestPublisher.edition(serial + 1, ENTRIES));
  }

  private UpdateOutcome update(String store) throws Exception {
    return publisher.updater(store, new UrlFilter(publisher.key())).update(Instant.now());
  }
}
