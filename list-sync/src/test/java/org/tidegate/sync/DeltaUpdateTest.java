package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Trouble;

/** An edition comes by its patch where that leads to it, and whole where anything is wrong. */
class DeltaUpdateTest {
  private static final int ENTRIES = 600;
  private static final long SEED = 811;

  @TempDir Path directory;
  private SimulatedPublisher publisher;
  private final List<String> asked = new ArrayList<>();
  private Damage damage = (path, bytes) -> bytes;

  /** What becomes of a file on its way. */
  private interface Damage {
    byte[] of(String path, byte[] bytes) throws IOException;
  }

  @BeforeEach
  void publishFirstEdition() throws IOException, PublishException {
    publisher =
        SimulatedPublisher.init(directory.resolve("pub")).withPatches().publish(NOW, lines(1));
    assertThat(update()).isEqualTo(new Updated(1));
    publisher.publish(NOW, lines(2));
    asked.clear();
  }

  @Test
  void thePatchIsEnough() throws IOException, PublishException {
    assertThat(update()).isEqualTo(new Updated(2));
    assertThat(asked).anyMatch(DeltaUpdateTest::isPatch).noneMatch(DeltaUpdateTest::isList);
    assertBitIdentical();
  }

  @Test
  void withoutTheEditionBeforeTheListComesWhole() throws IOException, PublishException {
    publisher.publish(NOW, lines(3));
    assertThat(update()).isEqualTo(new Updated(3));
    assertThat(asked).noneMatch(DeltaUpdateTest::isPatch).anyMatch(DeltaUpdateTest::isList);
    publisher.publish(NOW, lines(4));
    asked.clear();
    assertThat(update()).isEqualTo(new Updated(4));
    assertThat(asked).noneMatch(DeltaUpdateTest::isList);
  }

  @Test
  void aShortListHasNone() throws IOException, PublishException {
    SimulatedPublisher other = SimulatedPublisher.init(directory.resolve("short"));
    other.publish(NOW, lines(1)).publish(NOW, lines(2));
    assertThat(other.files()).noneMatch(file -> file.toString().endsWith(".delta"));
  }

  @Test
  void aPublisherThatHasLostTheEditionBeforeMakesNoPatch() throws IOException, PublishException {
    Files.delete(publisher.file(".2.tgl"));
    publisher.publish(NOW, lines(3));
    assertThat(publisher.files()).noneMatch(file -> file.toString().endsWith(".3.delta"));
    assertThat(update()).isEqualTo(new Updated(3));
  }

  @Test
  void whatHasLittleInCommonHasNoPatch() throws IOException, PublishException {
    String[] others = new String[ENTRIES];
    Arrays.setAll(others, i -> "other-" + i + ".example");
    publisher.publish(NOW, others);
    assertThat(publisher.files()).noneMatch(file -> file.toString().endsWith(".3.delta"));
  }

  /** How a patch fails. */
  private enum Failure {
    MISSING,
    EMPTY,
    TRUNCATED,
    LONGER,
    FLIPPED,
    BROKEN,
    UNEXPECTED;

    byte[] of(byte[] patch) throws IOException {
      return switch (this) {
        case MISSING -> throw new RepositoryException(Trouble.NOT_FOUND);
        case EMPTY -> new byte[0];
        case TRUNCATED -> Arrays.copyOf(patch, patch.length / 2);
        case LONGER -> Arrays.copyOf(patch, patch.length + 1);
        case FLIPPED -> flipped(patch, patch.length / 2);
        case BROKEN -> throw new IOException("connection reset");
        case UNEXPECTED -> throw new IllegalStateException("a mistake of ours");
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aPatchThatFailsEndsInTheWholeList(Failure failure) throws IOException, PublishException {
    damage = (path, bytes) -> isPatch(path) ? failure.of(bytes) : bytes;
    assertThat(update()).isEqualTo(new Updated(2));
    assertThat(asked).anyMatch(DeltaUpdateTest::isList);
    assertBitIdentical();
  }

  @Test
  void anyDamageEndsInTheWholeList() throws IOException, PublishException {
    SplittableRandom random = new SplittableRandom(SEED);
    Path before = directory.resolve("before");
    SimulatedPublisher.copy(directory.resolve("store"), before);
    for (int i = 0; i < 40; i++) {
      SimulatedPublisher.delete(directory.resolve("store"));
      SimulatedPublisher.copy(before, directory.resolve("store"));
      int at = random.nextInt(1 << 20);
      boolean cut = random.nextBoolean();
      damage =
          (path, bytes) ->
              !isPatch(path)
                  ? bytes
                  : cut
                      ? Arrays.copyOf(bytes, at % bytes.length)
                      : flipped(bytes, at % bytes.length);
      assertThat(update()).as("seed %d, case %d", SEED, i).isEqualTo(new Updated(2));
      assertBitIdentical();
    }
  }

  @Test
  void aStoredEditionThatIsDamagedLeadsNowhere() throws IOException, PublishException {
    Path list = file(directory.resolve("store/test"), ".tgl");
    Files.write(list, flipped(Files.readAllBytes(list), 400));
    assertThat(update()).isEqualTo(new Updated(2));
    assertThat(asked).anyMatch(DeltaUpdateTest::isList);
    assertBitIdentical();
  }

  /** Changes nobody of a thousand: the serial's own entry. */
  private static String[] lines(long serial) {
    String[] lines = new String[ENTRIES];
    Arrays.setAll(lines, i -> "listed-" + i + ".example/page" + i);
    lines[0] = "edition-" + serial + ".example";
    return lines;
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static boolean isPatch(String path) {
    return path.endsWith(".delta");
  }

  private static boolean isList(String path) {
    return path.endsWith(".tgl");
  }

  private void assertBitIdentical() throws IOException {
    List<Path> stored;
    try (var files = Files.list(directory.resolve("store/test"))) {
      stored = files.filter(f -> f.getFileName().toString().matches("2-.*\\.tgl")).toList();
    }
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0)).hasSameBinaryContentAs(publisher.file(".2.tgl"));
  }

  private static Path file(Path directory, String end) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  private UpdateOutcome update() throws IOException, PublishException {
    Repository repository = publisher.repository();
    Repository watched =
        path -> {
          asked.add(path);
          try (InputStream in = repository.open(path)) {
            return new ByteArrayInputStream(damage.of(path, in.readAllBytes()));
          }
        };
    ListSource source = new ListSource(LIST, watched, publisher.trustedRoot(), publisher.listKey());
    ListStore store = new ListStore(directory.resolve("store"), TestDisk.fast());
    return new ListUpdater(source, store, new UrlFilter(publisher.listKey())::install).update(NOW);
  }
}
