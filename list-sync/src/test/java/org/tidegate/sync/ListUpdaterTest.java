package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Unreachable;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.DirectoryRepository;
import org.tidegate.sync.tuf.Trouble;

class ListUpdaterTest {
  @TempDir Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;
  private ListStore store;

  @BeforeEach
  void publishFirstEdition() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    filter = new UrlFilter(publisher.listKey());
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
  }

  @Test
  void fetchesVerifiesStoresAndInstalls() throws IOException, PublishException {
    assertThat(updater().update(NOW)).isEqualTo(new Updated(1));
    assertThat(blocks("listed.example")).isTrue();
    assertThat(blocks(CompiledList.canary(LIST).text())).isTrue();
    assertThat(blocks("other.example")).isFalse();
  }

  @Test
  void aNewerEditionReplacesTheOldOne() throws IOException, PublishException {
    ListUpdater updater = updater();
    updater.update(NOW);
    publisher.publish(NOW, "other.example");
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(blocks("listed.example")).isFalse();
    assertThat(blocks("other.example")).isTrue();
    assertThat(updater.update(NOW)).isEqualTo(new Current(2));
  }

  @Test
  void startsFromTheStoreWithoutARepository() throws IOException, PublishException {
    updater().update(NOW);
    SimulatedPublisher.delete(publisher.directory().resolve("repository"));
    filter = new UrlFilter(publisher.listKey());
    ListUpdater restarted = updater();
    assertThat(restarted.restore()).contains(new Current(1));
    assertThat(blocks("listed.example")).isTrue();
    assertThat(restarted.update(NOW)).isEqualTo(new Unreachable(Trouble.NOT_FOUND));
    assertThat(blocks("listed.example")).isTrue();
  }

  @Test
  void anEmptyStoreRestoresNothing() throws IOException, PublishException {
    assertThat(updater().restore()).isEmpty();
    assertThat(filter.lists()).isEmpty();
  }

  @Test
  void theLastGoodListIsRestoredLongAfterItsExpiry() throws IOException, PublishException {
    updater().update(NOW);
    assertThat(updater().restore()).contains(new Current(1));
    assertThat(store.status(LIST, NOW.plus(Duration.ofDays(400))).freshness())
        .isEqualTo(Freshness.EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void followsRotatedKeys(Role role) throws IOException, PublishException {
    ListSource beforeRotation = publisher.source();
    update(beforeRotation);
    publisher.rotate(role, NOW);
    publisher.publish(NOW, "other.example");
    assertThat(update(beforeRotation)).isEqualTo(new Updated(2));
    publisher.rotate(role, NOW);
    assertThat(update(beforeRotation)).isEqualTo(new Current(2));
    assertThat(restore(beforeRotation)).contains(new Current(2));
    // The operator may install the newest root file at any time.
    assertThat(restore(publisher.source())).contains(new Current(2));
    assertThat(update(publisher.source())).isEqualTo(new Current(2));
  }

  @Test
  void theListStaysAfterARotationThatIsFollowedByFailure() throws IOException, PublishException {
    ListSource source = publisher.source();
    update(source);
    publisher.rotate(Role.TIMESTAMP, NOW);
    Path timestamp = publisher.file("timestamp.json");
    Files.writeString(timestamp, "{");
    assertThat(update(source).isGood()).isFalse();
    assertThat(restore(source)).contains(new Current(1));
    Files.delete(timestamp);
    assertThat(update(source)).isEqualTo(new Unreachable(Trouble.NOT_FOUND));
  }

  @Test
  void aDamagedStoreIsFetchedAnew() throws IOException, PublishException {
    updater().update(NOW);
    for (Path file : stored()) {
      Files.write(file, new byte[] {'{'});
    }
    assertThat(updater().restore()).get().isInstanceOf(UpdateOutcome.Refused.class);
    assertThat(updater().update(NOW).isGood()).isTrue();
    assertThat(updater().restore()).contains(new Current(1));
  }

  @Test
  void aNewSignatureOfTheSameEditionIsStored() throws IOException, PublishException {
    ListUpdater updater = updater();
    updater.update(NOW);
    publisher.refresh(NOW.plus(Duration.ofDays(5)));
    assertThat(updater.update(NOW.plus(Duration.ofDays(9)))).isEqualTo(new Current(1));
    assertThat(store.status(LIST, NOW.plus(Duration.ofDays(9))).freshness())
        .isEqualTo(Freshness.FRESH);
  }

  @Test
  void storedFilesAreTheOwnersAlone() throws IOException, PublishException {
    updater().update(NOW);
    assertThat(stored()).hasSize(4);
    for (Path file : stored()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void noEntryIsReadableInTheStoreOrTheRepository() throws IOException, PublishException {
    updater().update(NOW);
    for (Path root : new Path[] {directory.resolve("store"), directory.resolve("pub")}) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).doesNotContain("listed");
        }
      }
    }
  }

  @Test
  void statusTellsTheEditionAndTheLastOutcome() throws IOException, PublishException {
    ListSource gone =
        new ListSource(
            LIST,
            new DirectoryRepository(directory.resolve("nowhere")),
            publisher.trustedRoot(),
            publisher.listKey());
    updater().update(NOW);
    update(gone);
    ListStatus status = store.status(NOW).get(0);
    assertThat(status.edition().orElseThrow().serial()).isEqualTo(1);
    assertThat(status.edition().orElseThrow().entries()).isEqualTo(1);
    assertThat(status.outcome()).isEqualTo("unreachable");
    assertThat(status.reason()).isEqualTo("not-found");
    assertThat(status.freshness()).isEqualTo(Freshness.LATE);
    assertThat(status.succeeded()).contains(NOW);
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store").resolve(LIST))) {
      return files.toList();
    }
  }

  private UpdateOutcome update(ListSource source) {
    return new ListUpdater(source, store, filter::install).update(NOW);
  }

  private Optional<UpdateOutcome> restore(ListSource source) {
    return new ListUpdater(source, store, filter::install).restore();
  }

  private ListUpdater updater() throws IOException, PublishException {
    return new ListUpdater(publisher.source(), store, filter::install);
  }

  private boolean blocks(String host) {
    return filter.check(CanonicalHost.parse(host).orElseThrow()) instanceof Verdict.Blocked;
  }
}
