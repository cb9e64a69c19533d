package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.ReasonCode;

/** What is remembered under which trusted root, and what is left of it where files are damaged. */
class StoreMemoryTest {
  @TempDir private Path directory;

  private SimulatedPublisher publisher;
  private ListSource first;
  private ListStore store;

  /** The first edition is stored, under the first root. */
  @BeforeEach
  void store() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "old.example");
    first = publisher.source();
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
    assertThat(update(first)).isEqualTo(new Updated(1));
  }

  @Test
  void aFailedUpdateUnderAnotherTrustedRootChangesNothing() throws IOException, PublishException {
    SimulatedPublisher other = SimulatedPublisher.init(directory.resolve("other"));
    ListSource mistaken = other.source();
    other.rotate(Role.ROOT, NOW);
    assertThat(update(mistaken)).isEqualTo(new Refused(ReasonCode.NO_SUCH_LIST));
    assertThat(restore(first)).contains(new Current(1));
    assertThat(update(first)).isEqualTo(new Current(1));
  }

  @Test
  void anotherPublishersEditionTakesThePlaceOfAllThatWas() throws IOException, PublishException {
    SimulatedPublisher other = SimulatedPublisher.init(directory.resolve("other"));
    other.publish(NOW, "other.example").rotate(Role.ROOT, NOW);
    assertThat(update(other.source())).isEqualTo(new Updated(1));
    assertThat(restore(other.source())).contains(new Current(1));
    assertThat(restore(first)).contains(new Refused(ReasonCode.WRONG_ROOT));
  }

  @Test
  void anEditionIsVerifiedFromTheTrustedRootOn() throws IOException, PublishException {
    publisher.rotate(Role.TIMESTAMP, NOW);
    Path timestamp = publisher.file("timestamp.json");
    byte[] good = Files.readAllBytes(timestamp);
    Files.writeString(timestamp, "{");
    assertThat(update(first).isGood()).isFalse();
    assertThat(restore(first)).contains(new Current(1));
    // The new root is known, and yet its keys did not sign what is stored.
    assertThat(restore(publisher.source())).contains(new Refused(ReasonCode.WRONG_ROOT));
    Files.write(timestamp, good);
    assertThat(update(publisher.source())).isEqualTo(new Current(1));
    assertThat(restore(publisher.source())).contains(new Current(1));
    assertThat(restore(first)).contains(new Current(1));
  }

  @Test
  void aNewerRootOfThePublisherNeedsNoLinkToThoseThatAreStored()
      throws IOException, PublishException {
    publisher.rotate(Role.ROOT, NOW);
    publisher.rotate(Role.ROOT, NOW);
    assertThat(restore(publisher.source())).contains(new Current(1));
    assertThat(update(publisher.source())).isEqualTo(new Current(1));
  }

  @Test
  void theSameListIsCurrentWhoeverSignsIt() throws IOException, PublishException {
    publisher.rotate(Role.TARGETS, NOW);
    publisher.rotate(Role.TARGETS, NOW);
    assertThat(update(publisher.source())).isEqualTo(new Current(1));
  }

  @Test
  void aRollbackIsNoneTheBetterForAnUnknownRoot() throws IOException, PublishException {
    Path copy = directory.resolve("copy");
    SimulatedPublisher.copy(directory.resolve("pub"), copy);
    publisher.publish(NOW, "new.example");
    assertThat(update(first)).isEqualTo(new Updated(2));
    SimulatedPublisher behind = SimulatedPublisher.open(copy, TestDisk.fast());
    behind.rotate(Role.ROOT, NOW);
    behind.rotate(Role.TIMESTAMP, NOW);
    assertThat(update(behind.source())).isEqualTo(new Refused(ReasonCode.ROLLBACK));
    assertThat(restore(first)).contains(new Current(2));
  }

  @Test
  void rootsOutliveADamagedEdition() throws IOException, PublishException {
    Path before = directory.resolve("before");
    publisher.copyRepository(before);
    publisher.rotate(Role.TIMESTAMP, NOW);
    assertThat(update(first)).isEqualTo(new Current(1));
    Files.writeString(file("edition.json"), "{");
    publisher.restoreRepository(before);
    assertThat(update(first)).isEqualTo(new Refused(ReasonCode.WRONG_ROOT));
  }

  @Test
  void theEditionBeforeBoundsWhereTheNewestIsDamaged() throws IOException, PublishException {
    Path before = directory.resolve("before");
    publisher.copyRepository(before);
    publisher.publish(NOW, "new.example");
    assertThat(update(first)).isEqualTo(new Updated(2));
    publisher.publish(NOW, "third.example");
    assertThat(update(first)).isEqualTo(new Updated(3));
    Files.writeString(file("edition.json"), "{");
    Path now = directory.resolve("now");
    publisher.copyRepository(now);
    publisher.restoreRepository(before);
    assertThat(update(first)).isEqualTo(new Refused(ReasonCode.ROLLBACK));
    publisher.restoreRepository(now);
    assertThat(update(first)).isEqualTo(new Updated(3));
    Files.writeString(file("edition.json"), "{");
    assertThat(restore(first)).contains(new Refused(ReasonCode.STORE_TRUNCATED));
    assertThat(store.status(LIST, NOW).edition().orElseThrow().serial()).isEqualTo(2);
  }

  @Test
  void aDamagedRootIsDamageAndNoOtherPublishers() throws IOException, PublishException {
    publisher.rotate(Role.TIMESTAMP, NOW);
    publisher.publish(NOW, "new.example");
    assertThat(update(first)).isEqualTo(new Updated(2));
    Path edition = file("edition.json");
    String text = Files.readString(edition);
    int at = text.lastIndexOf("ed25519");
    Files.write(
        edition, (text.substring(0, at) + "ed25510" + text.substring(at + 7)).getBytes(UTF_8));
    assertThat(restore(first)).contains(new Refused(ReasonCode.STORE_DAMAGED));
    assertThat(update(first)).isEqualTo(new Current(2));
  }

  @Test
  void whatEndedUnexpectedlyIsRemembered() {
    updater(first).failed(ReasonCode.INTERNAL, NOW);
    ListStatus status = store.status(LIST, NOW);
    assertThat(status.reason()).isEqualTo("internal");
    assertThat(status.freshness()).isEqualTo(Freshness.LATE);
    assertThat(status.edition()).isPresent();
  }

  private Path file(String name) {
    return directory.resolve("store").resolve(LIST).resolve(name);
  }

  private UpdateOutcome update(ListSource source) {
    return updater(source).update(NOW);
  }

  private Optional<UpdateOutcome> restore(ListSource source) {
    return updater(source).restore();
  }

  private ListUpdater updater(ListSource source) {
    return new ListUpdater(source, store, list -> {});
  }
}
