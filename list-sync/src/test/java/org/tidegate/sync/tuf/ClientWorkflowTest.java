package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.tuf.SimulatedRepository.map;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/**
 * What is asked for in which order, and what is trusted afterwards (specification §5.3 to §5.6).
 */
class ClientWorkflowTest {
  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @Test
  void asksForEachRoleOnceAndKeepsItsBytes() {
    byte[] odd = (new String(repository.latest("timestamp"), UTF_8) + " \n").getBytes(UTF_8);
    repository.published("timestamp").set(0, odd);
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(repository.requests)
        .containsExactly("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json");
    assertThat(client.bytes("timestamp")).isEqualTo(odd);
    assertThat(client.bytes("targets")).isEqualTo(repository.latest("targets"));
  }

  @Test
  void asksForNothingThatItHas() {
    client.refresh();
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(repository.requests).containsExactly("2.root.json", "timestamp.json");
  }

  @Test
  void withoutConsistentSnapshotsFilesHaveNoVersions() {
    repository.root().put("consistent_snapshot", false);
    repository.publish("root");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(repository.requests).endsWith("timestamp.json", "snapshot.json", "targets.json");
  }

  @Test
  void aFirstRootThatIsNoneAsksForNothing() throws JsonException {
    Map<String, Object> signed =
        new HashMap<>(Json.parse(repository.firstRoot()).object("signed").fields());
    client.write("root", SimulatedRepository.file(signed, java.util.List.of()));
    assertThat(client.refresh()).isEqualTo("tampered");
    signed.remove("version");
    client.write("root", SimulatedRepository.file(signed, java.util.List.of()));
    assertThat(client.refresh()).isEqualTo("malformed");
    assertThat(repository.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root      | {root=1}",
        "timestamp | {root=2}",
        "snapshot  | {root=2, timestamp=2}",
        "targets   | {root=2, snapshot=2, timestamp=2}",
      })
  void whatNobodySignedIsRefusedAndWhatCameBeforeIsKept(String role, String trusted) {
    repository.signers(role).clear();
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("tampered");
    assertThat(client.trusted()).isEqualTo(trusted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root     | mismatch | {root=1}",
        "snapshot | missing  | {root=2, timestamp=2}",
        "targets  | missing  | {root=2, snapshot=2, timestamp=2}",
      })
  void aVersionThatIsNotTheNamesIsRefused(String role, String reason, String trusted) {
    repository.role(role).put("version", repository.version(role) + 1);
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo(reason);
    assertThat(client.trusted()).isEqualTo(trusted);
  }

  @Test
  void aTimestampOfTheSameVersionIsNotTaken() {
    client.refresh();
    map(map(repository.role("timestamp").get("meta")).get("snapshot.json")).put("version", 100L);
    repository.publishAsItIs("timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(repository.requests).endsWith("timestamp.json");
    assertThat(client.bytes("timestamp")).isEqualTo(repository.published("timestamp").get(0));
  }

  @Test
  void newerTargetsThatNoSnapshotNamesAreNotAskedFor() {
    client.refresh();
    repository.publish("targets");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(repository.requests).endsWith("timestamp.json");
    assertThat(client.trusted()).contains("targets=1");
  }

  @Test
  void statedHashesAreChecked() {
    repository.statesHashes = true;
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    repository.publish("targets");
    Map<String, Object> stated =
        map(map(repository.role("snapshot").get("meta")).get("targets.json"));
    stated.put("hashes", Map.of("sha256", "00".repeat(32)));
    repository.publish("snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("tampered");
    assertThat(client.trusted()).isEqualTo("{root=1, snapshot=3, targets=2, timestamp=3}");
  }

  @Test
  void unknownFieldsAreSignedLikeOthers() {
    repository.root().put("custom", "a\nb\u0001\"\\\u00fc\ud83d\ude00");
    map(repository.rootRoles().get("root")).put("another", java.util.List.of(Map.of("a", 1)));
    repository.addKey("root", SimulatedKey.ecdsa().with(Map.of("extra", Map.of("b", true))));
    repository.publish("root");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("root=2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapshot | 2.snapshot.json | {root=1, snapshot=1, targets=1, timestamp=2}",
        "targets  | 2.targets.json  | {root=1, snapshot=2, targets=1, timestamp=2}",
      })
  void anAbsentFileIsMissing(String role, String last, String trusted) {
    client.refresh();
    repository.publish("targets", "snapshot", "timestamp");
    repository.published(role).remove(1);
    assertThat(client.refresh()).isEqualTo("missing");
    assertThat(repository.requests).endsWith(last);
    assertThat(client.trusted()).isEqualTo(trusted);
  }

  @Test
  void anAbsentTimestampIsNoRepository() {
    client.refresh();
    repository.published.remove("timestamp");
    assertThat(client.refresh()).isEqualTo("not-found");
  }

  @Test
  void anotherRolesMetadataIsNotTaken() {
    repository.addKey("snapshot", repository.signers("timestamp").values().iterator().next());
    map(repository.role("snapshot").get("meta")).put("snapshot.json", Map.of("version", 1L));
    repository.publish("root", "snapshot");
    repository.published("timestamp").add(repository.latest("snapshot"));
    assertThat(client.refresh()).isEqualTo("malformed");
    assertThat(client.trusted()).isEqualTo("{root=2}");
  }

  @ParameterizedTest
  @CsvSource({"root, 600000", "timestamp, 100000", "snapshot, 2100000", "targets, 5100000"})
  void endlessMetadataIsTooLarge(String role, int length) {
    repository.role(role).put("padding", "x".repeat(length));
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("too-large");
  }

  @Test
  void anEndlessChainOfRootsIsTooLarge() {
    for (int i = 0; i < 300; i++) {
      repository.publish("root");
    }
    assertThat(client.refresh()).isEqualTo("too-large");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("root=301");
  }

  @Test
  void whatIsNotOfThisSpecificationIsMalformed() {
    repository.role("timestamp").put("spec_version", "2.0.0");
    repository.publish("timestamp");
    assertThat(client.refresh()).isEqualTo("malformed");
  }
}
