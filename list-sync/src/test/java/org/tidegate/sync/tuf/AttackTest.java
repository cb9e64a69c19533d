package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.tuf.SimulatedList.NAME;
import static org.tidegate.sync.tuf.SimulatedList.ONLINE;
import static org.tidegate.sync.tuf.SimulatedRepository.NOW;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.Freshness;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateOutcome;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;

/**
 * The attacks that the TUF specification names (§1.5.2), each on a gateway that enforces the second
 * of two editions: what is enforced afterwards, what was refused and why, what the monitor sees.
 * Slow retrieval needs a network: {@code hostile-server.tsv}, {@code slow …} and {@code crawls}.
 */
class AttackTest {
  @TempDir private Path directory;

  private SimulatedList publisher;
  private SimulatedRepository repository;
  private UrlFilter filter;
  private ListUpdater updater;
  private Instant now = NOW;

  @BeforeEach
  void enforceTheSecondEdition() throws IOException, PublishException {
    publisher = new SimulatedList();
    repository = publisher.repository;
    filter = new UrlFilter(publisher.key);
    publisher.publish(1, "old.example");
    updater = updater(publisher.source(repository));
    assertThat(updater.update(now)).isEqualTo(new Updated(1));
    publisher.publish(2, "listed.example");
    assertThat(updater.update(now)).isEqualTo(new Updated(2));
  }

  @Test
  void arbitraryInstallationOfAFile() throws IOException, PublishException {
    publisher.publish(3, "third.example");
    byte[] list = requireNonNull(repository.targetFiles.get("lists/test/3.tgl"));
    byte[] forged = list.clone();
    forged[forged.length / 2] ^= 1;
    repository.targetFiles.put("lists/test/3.tgl", forged);
    assertRefused(ReasonCode.TAMPERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"targets", "snapshot", "timestamp"})
  void arbitraryInstallationUnderAnothersSignature(String role)
      throws IOException, PublishException {
    publisher.prepare(3, "third.example");
    SimulatedKey stranger = SimulatedKey.ecdsa();
    // Says that it is of the right key, or that it is of its own.
    repository.signers(role).replaceAll((id, key) -> stranger);
    repository.publish(ONLINE.toArray(String[]::new));
    assertRefused(ReasonCode.TAMPERED);
  }

  @Test
  void arbitraryInstallationOfAWholeRepository() throws IOException, PublishException {
    SimulatedList others = new SimulatedList();
    others.publish(3, "third.example");
    assertRefused(
        ReasonCode.WRONG_ROOT,
        new ListSource(
            NAME, List.of(others.repository), repository.firstRoot(), List.of(publisher.key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.root.json", "timestamp.json", "snapshot.json", "targets.json", ".tgl"})
  void endlessData(String file) throws IOException, PublishException {
    publisher.publish(3, "third.example");
    Repository endless = path -> path.endsWith(file) ? new EndlessStream() : repository.open(path);
    assertRefused(ReasonCode.TOO_LARGE, publisher.source(endless));
  }

  @Test
  void extraneousData() throws IOException, PublishException {
    for (int i = 0; i < 100; i++) {
      repository.addTarget("targets", "lists/other/" + i + ".tgl", new byte[1000]);
    }
    publisher.publish(3, "third.example");
    repository.requests.clear();
    assertThat(updater.update(now)).isEqualTo(new Updated(3));
    assertThat(repository.requests).hasSize(6).noneMatch(path -> path.contains("other"));
  }

  @Test
  void fastForward() throws IOException, PublishException {
    // A thief has the keys that lie on the publisher's host.
    for (String role : ONLINE) {
      repository.role(role).put("version", 2_000_000L);
    }
    publisher.prepare(
        9_000_000,
        IntStream.range(0, 3000).mapToObj(i -> "h" + i + ".example").toArray(String[]::new));
    serveAsTheyAre();
    assertThat(updater.update(now)).isEqualTo(new Updated(9_000_000));

    // The publisher goes on where it was: too low, until the keys are replaced.
    ONLINE.forEach(role -> repository.role(role).put("version", 3L));
    publisher.prepare(3, "third.example");
    serveAsTheyAre();
    assertThat(updater.update(now)).isEqualTo(new Refused(ReasonCode.ROLLBACK));

    publisher.rotate(ONLINE);
    ONLINE.forEach(role -> repository.role(role).put("version", 4L));
    serveAsTheyAre();
    assertThat(updater.update(now)).isEqualTo(new Updated(3));
    assertEnforced(3);
    assertThat(updater.status(now).freshness()).isEqualTo(Freshness.FRESH);
    assertThat(updater(publisher.source(repository)).restore()).contains(new Current(3));
  }

  @Test
  void aRoutineChangeOfKeysLowersNoSerial() throws IOException, PublishException {
    // The old key still counts in the first root of a rotation.
    SimulatedKey key = repository.addKey("targets", SimulatedKey.ecdsa());
    repository.publish("root");
    publisher.publish(1, "old.example");
    assertRefused(ReasonCode.ROLLBACK);
    assertThat(repository.keyIds("targets")).contains(key.id());
  }

  @Test
  void indefiniteFreeze() {
    assertThat(updater.update(now)).isEqualTo(new Current(2));
    now = NOW.plus(Duration.ofDays(31));
    UpdateOutcome outcome = updater.update(now);
    assertThat(outcome).isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertEnforced(2);
    assertThat(updater.status(now).freshness()).isEqualTo(Freshness.EXPIRED);
  }

  @Test
  void maliciousMirrors() throws IOException, PublishException {
    SimulatedList stale = publisher;
    Repository withholds =
        path -> {
          if (path.endsWith(".tgl")) {
            throw new RepositoryException(Trouble.SLOW);
          }
          return stale.repository.open(path);
        };
    Repository lies = path -> InputStream.nullInputStream();
    publisher.publish(3, "third.example");
    ListSource mirrors =
        new ListSource(
            NAME,
            List.of(lies, withholds, repository),
            repository.firstRoot(),
            List.of(publisher.key));
    updater = updater(mirrors);
    assertThat(updater.update(now)).isEqualTo(new Updated(3));
    assertEnforced(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "targets"})
  void mixAndMatchOfMetadata(String role) throws IOException, PublishException {
    publisher.publish(3, "third.example");
    List<byte[]> versions = repository.published(role);
    versions.set(versions.size() - 1, versions.get(versions.size() - 2));
    assertRefused(ReasonCode.TAMPERED, ReasonCode.TRUNCATED, ReasonCode.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "targets"})
  void mixAndMatchWhereNoHashesAreStated(String role) throws IOException, PublishException {
    repository.statesHashes = false;
    publisher.publish(3, "third.example");
    List<byte[]> versions = repository.published(role);
    versions.set(versions.size() - 1, versions.get(versions.size() - 2));
    assertRefused(ReasonCode.MISMATCH);
  }

  @Test
  void mixAndMatchOfListAndManifest() throws IOException, PublishException {
    publisher.publish(3, "third.example");
    byte[] other = repository.targetFiles.get("lists/test/2.tgl");
    repository.targetFiles.put("lists/test/3.tgl", other);
    assertRefused(ReasonCode.TAMPERED, ReasonCode.TRUNCATED, ReasonCode.TOO_LARGE);
  }

  @Test
  void rollbackOfTheTimestamp() {
    List<byte[]> versions = repository.published("timestamp");
    versions.remove(versions.size() - 1);
    assertRefused(ReasonCode.ROLLBACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "targets"})
  void rollbackUnderNewerMetadata(String role) {
    repository.role(role).put("version", repository.version(role) - 1);
    repository.publishAsItIs(role);
    if (role.equals("targets")) {
      repository.publish("snapshot");
    }
    repository.publish("timestamp");
    assertRefused(ReasonCode.ROLLBACK);
  }

  @Test
  void rollbackOfTheList() throws IOException, PublishException {
    publisher.publish(1, "old.example");
    assertRefused(ReasonCode.ROLLBACK);
  }

  @Test
  void rollbackToOtherContentOfTheSameSerial() throws IOException, PublishException {
    publisher.publish(2, "other.example");
    assertRefused(ReasonCode.EQUIVOCATION);
  }

  @Test
  void rollbackToOtherContentOfTheSameVersion() {
    repository.setExpiry("timestamp", Duration.ofDays(9));
    repository.publishAsItIs("timestamp");
    assertRefused(ReasonCode.EQUIVOCATION);
  }

  @Test
  void keysBelowTheThreshold() {
    repository.addKey("root", SimulatedKey.ecdsa());
    repository.addKey("root", SimulatedKey.ecdsa());
    repository.setThreshold("root", 3);
    repository.publish("root");
    assertThat(updater.update(now)).isEqualTo(new Current(2));
    // A thief has two of three.
    String lost = repository.signers("root").keySet().iterator().next();
    repository.signers("root").remove(lost);
    publisher.rotate(List.of("targets"));
    assertRefused(ReasonCode.THRESHOLD);
  }

  @Test
  void theTimestampsKeyAlone() throws IOException, PublishException {
    publisher.prepare(3, "third.example");
    publisher.strangerSigns("targets");
    publisher.strangerSigns("snapshot");
    repository.publish(ONLINE.toArray(String[]::new));
    assertRefused(ReasonCode.TAMPERED);
  }

  @Test
  void theKeysOfTimestampAndSnapshot() throws IOException, PublishException {
    publisher.prepare(3, "third.example");
    publisher.strangerSigns("targets");
    repository.publish(ONLINE.toArray(String[]::new));
    assertRefused(ReasonCode.TAMPERED);
    // What they are good for is withholding, and that ends with the targets' expiry.
    now = NOW.plus(Duration.ofDays(31));
    repository.published("targets").remove(repository.published("targets").size() - 1);
    repository.role("targets").put("version", repository.version("targets") - 1);
    for (String role : List.of("snapshot", "timestamp")) {
      repository.setExpiry(role, Duration.ofDays(300));
    }
    SimulatedRepository.map(repository.role("snapshot").get("meta"))
        .put("targets.json", stated("targets"));
    repository.publish("snapshot", "timestamp");
    repository.setExpiry("root", Duration.ofDays(300));
    repository.publish("root");
    assertRefused(ReasonCode.EXPIRED);
  }

  @Test
  void allKeysOfAHostButTheListKey() throws IOException, PublishException {
    SimulatedList thief = new SimulatedList();
    thief.prepare(3, "third.example");
    repository.targetFiles.putAll(thief.repository.targetFiles);
    repository.role("targets").put("targets", thief.repository.role("targets").get("targets"));
    repository.publish(ONLINE.toArray(String[]::new));
    assertRefused(ReasonCode.WRONG_KEY);
  }

  @Test
  void rootKeysToTheThreshold() throws IOException, PublishException {
    // Who has them is the publisher, until operators are given another root by hand.
    publisher.rotate(List.of("root", "targets", "snapshot", "timestamp"));
    publisher.publish(3, "third.example");
    assertThat(updater.update(now)).isEqualTo(new Updated(3));
    SimulatedList fresh = new SimulatedList();
    fresh.publish(1, "listed.example");
    ListKey key = fresh.key;
    filter = new UrlFilter(key);
    ListUpdater replaced = updater(fresh.source(fresh.repository));
    assertThat(replaced.restore()).contains(new Refused(ReasonCode.WRONG_ROOT));
    assertThat(replaced.update(now)).isEqualTo(new Updated(1));
    assertEnforced(1);
  }

  private Object stated(String role) {
    byte[] bytes = repository.latest(role);
    return Map.of(
        "version",
        repository.version(role),
        "length",
        bytes.length,
        "hashes",
        Map.of("sha256", Digest.sha256(bytes)));
  }

  /** Signs every role with the version that it has, and serves that whatever is asked for. */
  private void serveAsTheyAre() {
    repository.published.remove("targets");
    repository.published.remove("snapshot");
    repository.published.remove("timestamp");
    ONLINE.forEach(repository::publishAsItIs);
    repository.servesLatest = true;
  }

  private void assertRefused(ReasonCode... oneOf) {
    assertRefused(updater, oneOf);
  }

  private void assertRefused(ReasonCode reason, ListSource source) {
    ListUpdater other = updater(source);
    other.restore();
    assertRefused(other, reason);
  }

  private void assertRefused(ListUpdater by, ReasonCode... oneOf) {
    UpdateOutcome outcome = by.update(now);
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).reason()).isIn((Object[]) oneOf);
    assertEnforced(2);
    ListStatus seen = by.status(now);
    assertThat(seen.reason()).isEqualTo(outcome.reasonCode());
    assertThat(seen.freshness()).isIn(Freshness.LATE, Freshness.EXPIRED);
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }

  private ListUpdater updater(ListSource source) {
    return new ListUpdater(source, new ListStore(directory.resolve("store")), filter::install);
  }

  /** Braces without end. */
  private static final class EndlessStream extends InputStream {
    private static final int BRACE = "{".getBytes(US_ASCII)[0];

    @Override
    public int read() {
      return BRACE;
    }
  }
}
