package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Keys and thresholds that change: vectors of keys, threshold and signers, each one digit. */
class ClientRotationTest {
  private static final List<SimulatedKey> KEYS =
      Stream.generate(SimulatedKey::ed25519).limit(10).toList();

  private final SimulatedRepository repository = SimulatedRepository.create();

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/root-rotation.tsv", delimiter = '\t')
  void aRootIsSignedByTheOneBeforeAndByItself(String roots, String expected) {
    repository.published.remove("root");
    repository.root().put("version", 0L);
    for (String root : roots.split(" ")) {
      setKeys("root", root);
      repository.publish("root");
    }
    SimulatedClient client = new SimulatedClient(repository);
    assertThat(client.refresh()).isEqualTo(expected);
    List<byte[]> published = repository.published("root");
    int last = published.size() - (expected.equals("good") ? 1 : 2);
    assertThat(client.bytes("root")).isEqualTo(published.get(last));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/role-rotation.tsv", delimiter = '\t')
  void everyOtherRoleIsSignedAsTheRootSays(String keys, String expected) {
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      SimulatedRepository own = SimulatedRepository.create();
      setKeys(own, role, keys);
      own.publish("root", "targets", "snapshot", "timestamp");
      SimulatedClient client = new SimulatedClient(own);
      assertThat(client.refresh()).as(role).isEqualTo(expected);
      if (expected.equals("good")) {
        assertThat(client.bytes(role)).isEqualTo(own.latest(role));
      }
    }
  }

  private void setKeys(String role, String keys) {
    setKeys(repository, role, keys);
  }

  private static void setKeys(SimulatedRepository repository, String role, String keys) {
    String[] parts = keys.split("/");
    repository.keyIds(role).clear();
    repository.signers(role).clear();
    parts[0].chars().forEach(key -> repository.nameKey(role, KEYS.get(key - '0')));
    repository.setThreshold(role, Long.parseLong(parts[1]));
    parts[2]
        .chars()
        .mapToObj(key -> KEYS.get(key - '0'))
        .forEach(key -> repository.signers(role).put(key.id(), key));
  }
}
