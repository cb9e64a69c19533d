package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.DirectoryRepository;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Repository;

/** What others do to a repository: each is refused for its reason, and the last list stays. */
class RefusalTest {
  @TempDir Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;
  private ListStore store;

  /** The first edition is enforced, and a second one is published. */
  @BeforeEach
  void publish() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    filter = new UrlFilter(publisher.listKey());
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(1));
    publisher.copyRepository(directory.resolve("old"));
    publisher.publish(NOW, "listed.example", "other.example");
  }

  @Test
  void anOlderRepositoryIsRollback() throws IOException, PublishException {
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
    publisher.restoreRepository(directory.resolve("old"));
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.ROLLBACK));
    assertEnforced(2);
  }

  @Test
  void anOlderListUnderNewerMetadataIsRollback() throws IOException, PublishException {
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
    publisher.restoreRepository(directory.resolve("old"));
    for (int i = 0; i < 3; i++) {
      publisher.refresh(NOW);
    }
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.ROLLBACK));
    assertEnforced(2);
  }

  @Test
  void anotherListOfTheSameSerialIsEquivocation() throws IOException, PublishException {
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
    publisher.restoreRepository(directory.resolve("old"));
    publisher.refresh(NOW);
    publisher.publish(NOW, "third.example");
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.EQUIVOCATION));
    assertEnforced(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.snapshot.json", "3.targets.json", "manifest.json", "2.tgl"})
  void aFlippedByteIsTampered(String file) throws IOException, PublishException {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    Path path = newest(file);
    byte[] good = Files.readAllBytes(path);
    for (int i = 0; i < 16; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, bad);
      assertThat(update(publisher.source(), NOW))
          .as("seed %d, byte %d", seed, at)
          .isEqualTo(new Refused(ReasonCode.TAMPERED));
    }
    assertEnforced(1);
    Files.write(path, good);
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void aFlippedByteInTheTimestampIsRefused() throws IOException, PublishException {
    Path path = publisher.file("timestamp.json");
    byte[] good = Files.readAllBytes(path);
    for (int at = 0; at < good.length; at += 5) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(path, bad);
      UpdateOutcome outcome = update(publisher.source(), NOW);
      assertThat(outcome).as("byte %d", at).isInstanceOf(Refused.class);
      assertThat(((Refused) outcome).reason())
          .as("byte %d", at)
          .isIn(ReasonCode.TAMPERED, ReasonCode.MALFORMED, ReasonCode.TRUNCATED);
    }
    assertEnforced(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"timestamp.json", "3.snapshot.json", "3.targets.json", "manifest.json", "2.tgl"})
  void aCutFileIsTruncated(String file) throws IOException, PublishException {
    Path path = newest(file);
    byte[] good = Files.readAllBytes(path);
    for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
      Files.write(path, Arrays.copyOf(good, length));
      assertThat(update(publisher.source(), NOW))
          .as("length %d", length)
          .isEqualTo(new Refused(ReasonCode.TRUNCATED));
    }
    assertEnforced(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.snapshot.json", "3.targets.json", "manifest.json", "2.tgl"})
  void aLongerFileIsTooLarge(String file) throws IOException, PublishException {
    Path path = newest(file);
    byte[] good = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(good, good.length + 100_000));
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.TOO_LARGE));
    assertEnforced(1);
  }

  @Test
  void anEndlessTimestampIsTooLarge() throws IOException, PublishException {
    Files.write(publisher.file("timestamp.json"), new byte[10_000_000]);
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.snapshot.json", "3.targets.json", "manifest.json", "2.tgl"})
  void anAbsentFileIsMissing(String file) throws IOException, PublishException {
    Files.delete(newest(file));
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.MISSING));
    assertEnforced(1);
  }

  @Test
  void anExpiredTimestampIsExpiredWhetherNewOrKnown() throws IOException, PublishException {
    Instant later = NOW.plus(Duration.ofDays(7));
    assertThat(update(publisher.source(), later)).isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
    assertThat(update(publisher.source(), later)).isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertEnforced(2);
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeExpiredMetadataGood() throws IOException, PublishException {
    Instant later = NOW.plus(Duration.ofDays(6));
    publisher.refresh(later);
    assertThat(update(publisher.source(), later)).isEqualTo(new Updated(2));
    publisher.publish(NOW.minus(Duration.ofDays(5)), "third.example");
    assertThat(update(publisher.source(), NOW.minus(Duration.ofDays(5))))
        .isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertEnforced(2);
  }

  @Test
  void whatAnotherProcessIsUpdatingIsInUse() throws IOException, PublishException {
    try (Closeable lock = store.list(LIST).prepare()) {
      assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.IN_USE));
    }
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void aHostileMirrorKeepsNobodyFromTheNextOne() throws IOException, PublishException {
    Path hostile = directory.resolve("hostile");
    publisher.copyRepository(hostile);
    Files.writeString(hostile.resolve("timestamp.json"), "<html>Log in</html>");
    Repository nowhere = new DirectoryRepository(directory.resolve("nowhere"));
    ListSource mirrors =
        new ListSource(
            LIST,
            List.of(nowhere, new DirectoryRepository(hostile), publisher.repository()),
            publisher.trustedRoot(),
            List.of(publisher.listKey()));
    assertThat(update(mirrors, NOW)).isEqualTo(new Updated(2));
    ListSource bad =
        new ListSource(
            LIST,
            List.of(nowhere, new DirectoryRepository(hostile)),
            publisher.trustedRoot(),
            List.of(publisher.listKey()));
    assertThat(update(bad, NOW)).isEqualTo(new Refused(ReasonCode.MALFORMED));
    assertEnforced(2);
  }

  @Test
  void ofAnOldAndANewListKeyEitherIsGood() throws IOException, PublishException {
    ListKey other = ListKey.random(new SecureRandom());
    ListSource both =
        new ListSource(
            LIST,
            List.of(publisher.repository()),
            publisher.trustedRoot(),
            List.of(other, publisher.listKey()));
    assertThat(update(both, NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void anotherListKeyIsWrongKey() throws IOException, PublishException {
    ListKey other = ListKey.random(new SecureRandom());
    ListSource source =
        new ListSource(LIST, publisher.repository(), publisher.trustedRoot(), other);
    assertThat(update(source, NOW)).isEqualTo(new Refused(ReasonCode.WRONG_KEY));
    assertEnforced(1);
  }

  @Test
  void anotherPublishersRepositoryIsWrongRoot() throws IOException, PublishException {
    SimulatedPublisher other =
        SimulatedPublisher.init(directory.resolve("other")).publish(NOW, "listed.example");
    ListSource theirs =
        new ListSource(LIST, other.repository(), publisher.trustedRoot(), publisher.listKey());
    assertThat(update(theirs, NOW)).isEqualTo(new Refused(ReasonCode.WRONG_ROOT));
    ListSource ours =
        new ListSource(LIST, publisher.repository(), other.trustedRoot(), publisher.listKey());
    assertThat(update(ours, NOW)).isEqualTo(new Refused(ReasonCode.WRONG_ROOT));
    assertThat(new ListUpdater(ours, store, filter::install).restore())
        .contains(new Refused(ReasonCode.WRONG_ROOT));
    assertEnforced(1);
  }

  @Test
  void tooFewSignaturesOnANewRootAreBelowTheThreshold() throws IOException, PublishException {
    ListSource source = publisher.source();
    publisher.rotate(Role.ROOT, NOW);
    Path root = publisher.file("2.root.json");
    String text = Files.readString(root);
    // Three old keys signed it and two must have: spoil two of the signatures.
    int first = text.indexOf("\"sig\":\"") + 7;
    int second = text.indexOf("\"sig\":\"", first) + 7;
    String spoilt =
        text.substring(0, first)
            + flipped(text.charAt(first))
            + text.substring(first + 1, second)
            + flipped(text.charAt(second))
            + text.substring(second + 1);
    Files.writeString(root, spoilt);
    assertThat(update(source, NOW)).isEqualTo(new Refused(ReasonCode.THRESHOLD));
    assertThat(new ListUpdater(source, store, filter::install).restore()).contains(new Current(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[]",
        "{}",
        "<html>log in</html>",
        "{\"signed\":{},\"signatures\":[]}",
        "{\"signed\":{\"_type\":\"timestamp\",\"version\":1,\"version\":2},\"signatures\":[]}",
      })
  void whatIsNoMetadataIsMalformed(String text) throws IOException, PublishException {
    Files.writeString(publisher.file("timestamp.json"), text);
    assertThat(update(publisher.source(), NOW)).isEqualTo(new Refused(ReasonCode.MALFORMED));
    assertEnforced(1);
  }

  @Test
  void aListThatThePublisherDoesNotHaveIsNoSuchList() throws IOException, PublishException {
    ListSource source =
        new ListSource(
            "absent", publisher.repository(), publisher.trustedRoot(), publisher.listKey());
    assertThat(update(source, NOW)).isEqualTo(new Refused(ReasonCode.NO_SUCH_LIST));
  }

  @Test
  void aStoreThatCannotBeWrittenIsStore() throws IOException, PublishException {
    Path file = Files.writeString(directory.resolve("file"), "");
    ListUpdater updater = new ListUpdater(publisher.source(), new ListStore(file), filter::install);
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.STORE));
  }

  @Test
  void anInstallationThatFailsIsInstall() throws IOException, PublishException {
    ListUpdater updater =
        new ListUpdater(
            publisher.source(),
            store,
            list -> {
              throw new IllegalStateException();
            });
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.INSTALL));
  }

  private static char flipped(char hex) {
    return hex == '0' ? '1' : '0';
  }

  /** The file of the newest edition; targets have their hash before the name. */
  private Path newest(String name) throws IOException {
    Path list = publisher.directory().resolve("repository/targets/lists/" + LIST);
    if (!name.equals("manifest.json")) {
      return publisher.file(name);
    }
    for (Path file : publisher.files()) {
      boolean isManifest = file.startsWith(list) && file.toString().endsWith(name);
      if (isManifest && Files.readString(file).contains("\"serial\":2")) {
        return file;
      }
    }
    throw new IllegalStateException("no manifest of the second edition");
  }

  private UpdateOutcome update(ListSource source, Instant now) {
    return new ListUpdater(source, store, filter::install).update(now);
  }

  /** Now, and after a restart. */
  private void assertEnforced(long serial) throws IOException, PublishException {
    assertThat(filter.lists().stream().map(CompiledList::serial)).containsExactly(serial);
    assertThat(new ListUpdater(publisher.source(), store, filter::install).restore())
        .contains(new Current(serial));
  }
}
