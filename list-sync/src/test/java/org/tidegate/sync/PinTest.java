package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Unreachable;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Trouble;

/** A deliberate step back: held, told, and lifted. */
class PinTest {
  private static final String WHY = "wrong block";

  @TempDir private Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;
  private ListStore store;
  private ListUpdater updater;
  private boolean isDown;
  private Optional<Runnable> onDownload = Optional.empty();

  /** Two editions are stored, the second one is enforced. */
  @BeforeEach
  void store() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "old.example");
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
    restart();
    updater.update(NOW);
    publisher.publish(NOW, "new.example");
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void aPinnedEditionStaysUntilThePinIsLifted() throws IOException, PublishException {
    assertThat(store.pin(LIST, Optional.empty(), WHY, NOW).serial()).isEqualTo(1);
    assertThat(updater.isPinChanged()).isTrue();
    assertPinnedTo(1);
    assertThat(updater.status(NOW).freshness()).isEqualTo(Freshness.LATE);
    assertThat(updater.isPinChanged()).isFalse();
    publisher.publish(NOW, "third.example");
    assertPinnedTo(1);
    restart();
    assertThat(updater.restore()).contains(new Refused(ReasonCode.PINNED));
    assertEnforced(1);
    assertThat(store.unpin(LIST)).isTrue();
    assertThat(updater.isPinChanged()).isTrue();
    assertThat(updater.update(NOW)).isEqualTo(new Updated(3));
    assertEnforced(3);
    assertThat(store.unpin(LIST)).isFalse();
  }

  @Test
  void statusTellsOfItAtOnce() throws RefusedException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    ListStatus status = store.status(LIST, NOW);
    assertThat(status.edition().orElseThrow().serial()).isEqualTo(1);
    assertThat(status.freshness()).isEqualTo(Freshness.LATE);
    assertThat(status.reason()).isEqualTo("pinned");
    assertThat(status.pin().orElseThrow().why()).isEqualTo(WHY);
    store.unpin(LIST);
    assertThat(store.status(LIST, NOW).edition().orElseThrow().serial()).isEqualTo(2);
    assertThat(store.status(LIST, NOW).freshness()).isEqualTo(Freshness.FRESH);
  }

  @Test
  void anotherPinIsFollowed() throws RefusedException {
    store.pin(LIST, Optional.of(1L), WHY, NOW);
    assertPinnedTo(1);
    store.pin(LIST, Optional.of(2L), WHY, NOW);
    assertThat(updater.isPinChanged()).isTrue();
    assertPinnedTo(2);
  }

  @Test
  void theStoredNewestIsEnforcedOnceItIsLiftedAlsoWithoutANetwork() throws RefusedException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    assertPinnedTo(1);
    store.unpin(LIST);
    isDown = true;
    assertThat(updater.update(NOW)).isEqualTo(new Unreachable(Trouble.CONNECT));
    assertEnforced(2);
  }

  @Test
  void aPinnedEditionIsVerifiedOnce() throws IOException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    assertPinnedTo(1);
    Files.delete(stored("1-"));
    Files.delete(stored("2-"));
    assertPinnedTo(1);
  }

  @Test
  void aPinThatCannotBeHeldIsToldUntilItIsLiftedAndTheNewestIsEnforced()
      throws IOException, PublishException {
    store.pin(LIST, Optional.of(1L), WHY, NOW);
    Files.delete(stored("1-"));
    assertTold(ReasonCode.STORE_MISSING);
    Files.delete(stored("previous.json"));
    assertTold(ReasonCode.STORE_MISSING);
    assertThat(store.status(LIST, NOW).reason()).isEqualTo("store-missing");
    publisher.publish(NOW, "third.example");
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.STORE_MISSING));
    assertEnforced(3);
    store.unpin(LIST);
    assertThat(updater.update(NOW)).isEqualTo(new Current(3));
  }

  @Test
  void aPinThatCannotBeReadIsTold() throws IOException, PublishException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    Path pin = stored("pin.json");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertTold(ReasonCode.WRONG_OWNER);
    assertThat(store.status(LIST, NOW).reason()).isEqualTo("wrong-owner");
    assertThat(updater.isPinChanged()).isFalse();
    publisher.publish(NOW, "third.example");
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.WRONG_OWNER));
    assertEnforced(3);
    store.pin(LIST, Optional.of(2L), WHY, NOW);
    Files.setPosixFilePermissions(stored("pin.json"), PosixFilePermissions.fromString("rw-------"));
    assertThat(updater.isPinChanged()).isTrue();
    assertPinnedTo(2);
  }

  @Test
  void damagedEditionsUnderAPinAreNoEmptyStore() throws IOException, PublishException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    Files.writeString(stored("edition.json"), "{}");
    Files.writeString(stored("previous.json"), "{}");
    restart();
    assertThat(updater.restore()).contains(new Refused(ReasonCode.STORE_DAMAGED));
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.STORE_DAMAGED));
    assertEnforced(2);
  }

  @Test
  void aStoreThatIsDamagedUnderAPinIsFetchedAnew() throws IOException, PublishException {
    store.pin(LIST, Optional.empty(), WHY, NOW);
    Files.write(stored("1-"), new byte[] {1});
    Files.write(stored("2-"), new byte[] {1});
    restart();
    assertThat(updater.restore()).contains(new Refused(ReasonCode.STORE_TRUNCATED));
    assertThat(filter.lists()).isEmpty();
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.STORE_TRUNCATED));
    assertEnforced(2);
  }

  @Test
  void whatIsPinnedDuringAnUpdateIsNotReplacedByIt() throws IOException, PublishException {
    publisher.publish(NOW, "third.example");
    onDownload = Optional.of(() -> pin(1));
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.PINNED));
    assertThat(updater.isPinChanged()).isTrue();
    assertPinnedTo(1);
  }

  @Test
  void damageElsewhereKeepsNoEditionFromBeingPinned() throws IOException {
    Files.writeString(stored("previous.json"), "{");
    assertThat(store.pin(LIST, Optional.of(2L), WHY, NOW).serial()).isEqualTo(2);
    assertThatThrownBy(() -> store.pin(LIST, Optional.empty(), WHY, NOW))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> store.pin(LIST, Optional.of(9L), WHY, NOW))
        .isInstanceOf(RefusedException.class);
    assertThat(store.status(LIST, NOW).pin().orElseThrow().serial()).isEqualTo(2);
    assertThatThrownBy(() -> store.pin("other", Optional.empty(), WHY, NOW))
        .isInstanceOf(RefusedException.class);
    assertThat(store.names()).containsExactly(LIST);
  }

  private void pin(long serial) {
    try {
      store.pin(LIST, Optional.of(serial), WHY, NOW);
    } catch (RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertPinnedTo(long serial) {
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.PINNED));
    assertEnforced(serial);
    assertThat(updater.status(NOW).edition().orElseThrow().serial()).isEqualTo(serial);
  }

  private void assertTold(ReasonCode reason) throws IOException, PublishException {
    restart();
    assertThat(updater.restore()).contains(new Refused(reason));
    assertEnforced(2);
    assertThat(updater.update(NOW)).isEqualTo(new Refused(reason));
    assertEnforced(2);
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }

  private void restart() throws IOException, PublishException {
    filter = new UrlFilter(publisher.listKey());
    Repository real = publisher.repository();
    Repository repository =
        path -> {
          if (isDown) {
            throw new RepositoryException(Trouble.CONNECT);
          }
          if (path.endsWith(".tgl")) {
            onDownload.ifPresent(Runnable::run);
          }
          return real.open(path);
        };
    ListSource source =
        new ListSource(LIST, repository, publisher.trustedRoot(), publisher.listKey());
    updater = new ListUpdater(source, store, filter::install);
  }

  private Path stored(String begin) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store").resolve(LIST))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(begin))
          .findFirst()
          .orElseThrow();
    }
  }
}
