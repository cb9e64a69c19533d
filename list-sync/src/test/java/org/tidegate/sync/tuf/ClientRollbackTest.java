package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.tuf.SimulatedRepository.map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Older versions are refused, until the keys of a compromised role were rotated. */
class ClientRollbackTest {
  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @Test
  void anOlderTimestampIsRefused() {
    repository.publish("timestamp");
    client.refresh();
    repository.published("timestamp").remove(1);
    assertThat(client.refresh()).isEqualTo("rollback");
    assertThat(client.trusted()).contains("timestamp=2");
    assertThat(repository.requests).endsWith("timestamp.json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTimestampOfAnOlderSnapshotIsRefused(boolean hashes) {
    repository.statesHashes = hashes;
    repository.publish("snapshot", "timestamp");
    client.refresh();
    restart("snapshot");
    repository.publish("snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("rollback");
    assertThat(client.trusted()).contains("snapshot=2").contains("timestamp=2");
    assertThat(repository.requests).endsWith("timestamp.json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSnapshotOfOlderTargetsIsRefused(boolean hashes) {
    repository.statesHashes = hashes;
    repository.publish("targets", "snapshot", "timestamp");
    client.refresh();
    restart("targets");
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("rollback");
    assertThat(client.trusted()).contains("snapshot=2").contains("targets=2");
  }

  @Test
  void aSnapshotThatNamesLessIsRefused() {
    repository.delegate("targets", "delegated", java.util.List.of("*"), false);
    repository.publish("delegated", "targets", "snapshot", "timestamp");
    client.refresh();
    map(repository.role("snapshot").get("meta")).remove("delegated.json");
    repository.publish("snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("rollback");
  }

  @Test
  void aSnapshotThatTheTimestampDoesNotStateIsNotAskedFor() {
    repository.publish("snapshot", "timestamp");
    client.refresh();
    repository.publish("snapshot");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("snapshot=2");
    assertThat(repository.requests).endsWith("timestamp.json");
  }

  @Test
  void aNewTimestampKeyLetsTheTimestampBeginAnew() {
    publishOften("timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    repository.rotateKeys("timestamp");
    restart("timestamp");
    repository.publish("root", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("timestamp=1");
  }

  @Test
  void newSnapshotAndTimestampKeysLetTheSnapshotBeginAnew() {
    publishOften("snapshot");
    repository.publish("timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    repository.rotateKeys("snapshot");
    repository.rotateKeys("timestamp");
    restart("snapshot");
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("snapshot=1");
  }

  @Test
  void aNewSnapshotKeyLetsTheTargetsBeginAnew() {
    publishOften("targets");
    repository.publish("snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    repository.rotateKeys("snapshot");
    restart("targets");
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("targets=1");
  }

  private void publishOften(String role) {
    for (int i = 0; i < 99; i++) {
      repository.publish(role);
    }
  }

  private void restart(String role) {
    repository.published.remove(role);
    repository.role(role).put("version", 0L);
  }
}
