package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Trouble;

/**
 * What can happen to a store: each has its reason, and a verified edition goes on being enforced.
 */
class StoreTroubleTest {
  @TempDir Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;

  /** Two editions are stored, the second one is enforced. */
  @BeforeEach
  void store() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "old.example");
    filter = new UrlFilter(publisher.listKey());
    update();
    publisher.publish(NOW, "new.example");
    assertThat(update()).isEqualTo(new Updated(2));
  }

  @Test
  void aFlippedBitIsDamageAndTheEditionBeforeIsEnforced() throws IOException, PublishException {
    Path list = stored("2-");
    byte[] bytes = Files.readAllBytes(list);
    bytes[bytes.length / 2] ^= 4;
    Files.write(list, bytes);
    assertRestored(ReasonCode.STORE_DAMAGED, 1);
    assertThat(update()).isEqualTo(new Current(2));
    assertEnforced(2);
  }

  @Test
  void aCutFileIsTruncatedAndTheEditionBeforeIsEnforced() throws IOException, PublishException {
    for (String file : new String[] {"2-", "edition.json"}) {
      Path cut = stored(file);
      byte[] whole = Files.readAllBytes(cut);
      Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
      assertRestored(ReasonCode.STORE_TRUNCATED, 1);
      Files.write(cut, whole);
    }
  }

  @Test
  void anAbsentListIsMissingAndTheEditionBeforeIsEnforced() throws IOException, PublishException {
    Files.delete(stored("2-"));
    assertRestored(ReasonCode.STORE_MISSING, 1);
  }

  @Test
  void whatOthersMayWriteToIsNotUsedAndMadeAnew() throws IOException, PublishException {
    Files.setPosixFilePermissions(stored("2-"), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertRestored(ReasonCode.WRONG_OWNER, 1);
    assertThat(update()).isEqualTo(new Current(2));
    assertEnforced(2);
  }

  /** What cannot be read for a while is needed as before, whatever comes meanwhile. */
  @Test
  void noListGoesWhileItCannotBeReadWhichAreNeeded() throws IOException, PublishException {
    Path edition = stored("edition.json");
    Path previous = stored("previous.json");
    for (Path file : List.of(edition, previous)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    publisher.publish(NOW, "third.example");
    Repository real = publisher.repository();
    ListSource broken =
        new ListSource(
            LIST,
            path -> {
              if (path.endsWith(".tgl")) {
                throw new RepositoryException(Trouble.BROKEN);
              }
              return real.open(path);
            },
            publisher.trustedRoot(),
            publisher.listKey());
    ListStore store = new ListStore(directory.resolve("store"), TestDisk.fast());
    assertThat(new ListUpdater(broken, store, filter::install).update(NOW))
        .isEqualTo(new UpdateOutcome.Unreachable(Trouble.BROKEN));
    for (Path file : List.of(edition, previous)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(restore()).isEqualTo(new Current(2));
  }

  /** Found damaged at an update with the network down, the newest stays in use all the same. */
  @Test
  void whatIsInUseIsNotReplacedByTheEditionBefore() throws IOException, PublishException {
    ListStore store = new ListStore(directory.resolve("store"), TestDisk.fast());
    boolean[] down = {false};
    Repository real = publisher.repository();
    ListSource source =
        new ListSource(
            LIST,
            path -> {
              if (down[0]) {
                throw new RepositoryException(Trouble.CONNECT);
              }
              return real.open(path);
            },
            publisher.trustedRoot(),
            publisher.listKey());
    ListUpdater updater = new ListUpdater(source, store, filter::install);
    assertThat(updater.update(NOW)).isEqualTo(new Current(2));
    Files.writeString(stored("edition.json"), "{}");
    down[0] = true;
    assertThat(updater.update(NOW)).isEqualTo(new UpdateOutcome.Unreachable(Trouble.CONNECT));
    assertEnforced(2);
  }

  @Test
  void whatIsLeftOfAKilledUpdateIsIgnoredAndGoes() throws IOException, PublishException {
    Path left = Files.writeString(directory.resolve("store/test/3-0.tgl.tmp"), "half");
    assertThat(restore()).isEqualTo(new Current(2));
    publisher.publish(NOW, "third.example");
    assertThat(update()).isEqualTo(new Updated(3));
    assertThat(left).doesNotExist();
    assertThat(directory.resolve("store/test").toFile().list()).hasSize(6);
  }

  @Test
  void aDiskThatFailsHasItsReasonAndTheListStays() throws IOException, PublishException {
    publisher.publish(NOW, "third.example");
    assertFails(new IOException("No space left on device"), ReasonCode.DISK_FULL);
    assertFails(new FileSystemException("f", null, "Read-only file system"), ReasonCode.READ_ONLY);
    assertFails(new AccessDeniedException("f"), ReasonCode.NO_ACCESS);
    assertFails(new IOException("Input/output error"), ReasonCode.STORE);
    assertThat(update()).isEqualTo(new Updated(3));
  }

  @Test
  void troubleHereIsNotTriedOnEveryMirror() throws IOException, PublishException {
    publisher.publish(NOW, "third.example");
    int[] asked = {0};
    Repository mirror =
        path -> {
          asked[0]++;
          throw new RepositoryException(Trouble.CONNECT);
        };
    ListSource source =
        new ListSource(
            LIST,
            List.of(publisher.repository(), mirror),
            publisher.trustedRoot(),
            List.of(publisher.listKey()));
    TestDisk full = TestDisk.failingAfter(0, new IOException("No space left on device"));
    ListStore store = new ListStore(directory.resolve("store"), full);
    ListUpdater updater = new ListUpdater(source, store, filter::install);
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.DISK_FULL));
    assertThat(asked[0]).isZero();
  }

  @Test
  void suddenChangesOfSizeAreHeldBackUnlessTheOperatorTakesThem()
      throws IOException, PublishException {
    SimulatedPublisher other = SimulatedPublisher.init(directory.resolve("other"));
    ListStore store = new ListStore(directory.resolve("others"), TestDisk.fast());
    UrlFilter of = new UrlFilter(other.listKey());
    ListUpdater updater = new ListUpdater(other.source(), store, of::install);
    other.publish(NOW, hosts(1000));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(1));
    other.publish(NOW, hosts(600)).publish(NOW, hosts(499));
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.SHRUNK));
    other.publish(NOW, hosts(900)).publish(NOW, hosts(1700)).publish(NOW, hosts(2001));
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.GROWN));
    assertThat(of.lists().get(0).serial()).isEqualTo(1);
    UpdateRules anySize = new UpdateRules(Lateness.AT_ONCE, true);
    ListUpdater byHand = new ListUpdater(other.source(), anySize, store, list -> {});
    assertThat(byHand.update(NOW)).isEqualTo(new Updated(6));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(6));
  }

  @Test
  void aSuddenChangeThatThePublisherConfirmedIsTakenAlsoWhereItsEditionWasMissed()
      throws IOException, PublishException {
    SimulatedPublisher other = SimulatedPublisher.init(directory.resolve("other"));
    ListStore store = new ListStore(directory.resolve("others"), TestDisk.fast());
    UrlFilter of = new UrlFilter(other.listKey());
    ListUpdater updater = new ListUpdater(other.source(), store, of::install);
    other.publish(NOW, hosts(1000));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(1));
    other.publishAnySize(NOW, hosts(100)).publish(NOW, hosts(101));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(3));
    other.publishAnySize(NOW);
    assertThat(updater.update(NOW)).isEqualTo(new Updated(4));
    assertThat(of.lists().get(0).entries()).isZero();
    other.publish(NOW, hosts(1500)).publish(NOW, hosts(800)).publish(NOW, hosts(401));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(7));
  }

  private static String[] hosts(int count) {
    return Stream.iterate(1, i -> i + 1)
        .limit(count)
        .map(i -> "=h" + i + ".example")
        .toArray(String[]::new);
  }

  private void assertFails(IOException e, ReasonCode reason) throws IOException, PublishException {
    for (int steps = 0; steps < 3; steps++) {
      ListUpdater updater = updater(TestDisk.failingAfter(steps, e));
      updater.restore();
      assertThat(updater.update(NOW)).as("step %d", steps).isEqualTo(new Refused(reason));
      assertEnforced(2);
      assertThat(updater.status(NOW).reason()).isEqualTo(reason.code());
    }
  }

  private void assertRestored(ReasonCode trouble, long serial)
      throws IOException, PublishException {
    filter = new UrlFilter(publisher.listKey());
    assertThat(restore()).isEqualTo(new Refused(trouble));
    assertEnforced(serial);
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }

  private UpdateOutcome restore() throws IOException, PublishException {
    return updater(TestDisk.fast()).restore().orElseThrow();
  }

  private UpdateOutcome update() throws IOException, PublishException {
    return updater(TestDisk.fast()).update(NOW);
  }

  private ListUpdater updater(TestDisk disk) throws IOException, PublishException {
    ListStore store = new ListStore(directory.resolve("store"), disk);
    return new ListUpdater(publisher.source(), store, filter::install);
  }

  private Path stored(String begin) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store").resolve(LIST))) {
      List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(begin)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
