package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.tuf.SimulatedRepository.map;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that other roles answer for (specification §4.5, §5.6.7). */
class ClientDelegationTest {
  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/delegation.tsv", delimiter = '\t', emptyValue = "")
  void rolesAreVisitedInOrder(String delegations, String target, String found, String visited) {
    Set<String> roles = new LinkedHashSet<>();
    for (String delegation : delegations.split(" ")) {
      roles.add(delegate(delegation));
    }
    String path = target.substring(target.indexOf(':') + 1);
    if (target.contains(":")) {
      repository.addTarget(target.substring(0, target.indexOf(':')), path, new byte[] {1});
    }
    roles.forEach(repository::publish);
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.search(path)).isEqualTo(found);
    String[] expected = visited == null ? new String[0] : visited.transform(v -> v.split(" "));
    assertThat(repository.requests.subList(4, repository.requests.size()))
        .containsExactly(
            Arrays.stream(expected).map(r -> "1." + r + ".json").toArray(String[]::new));
  }

  private String delegate(String delegation) {
    String[] halves = delegation.split("@");
    String[] ends = halves[0].replace("!", "").split(">");
    List<String> paths = halves.length > 1 ? List.of(halves[1].split(",")) : List.of("*");
    repository.delegate(ends[0], ends[1], paths, halves[0].endsWith("!"));
    return ends[1];
  }

  @Test
  void noMoreThanThirtyTwoRolesAreVisitedBesideTheTargets() {
    for (int i = 0; i < 40; i++) {
      repository.delegate("targets", "r" + i, List.of("*"), false);
      repository.publish("r" + i);
    }
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.search("missing")).isEqualTo("none");
    assertThat(repository.requests).hasSize(4 + 32);
  }

  @Test
  void hashPrefixesChooseRoles() {
    Map<String, Object> role = repository.delegate("targets", "A", List.of(), false);
    role.remove("paths");
    role.put("path_hash_prefixes", List.of(Digest.sha256("file".getBytes(UTF_8)).substring(0, 2)));
    repository.addTarget("A", "file", new byte[] {1});
    repository.publish("A", "targets", "snapshot", "timestamp");
    assertThat(client.search("file")).isEqualTo("good");
    assertThat(client.search("other")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({"1, bin-1", "2, bin-2", "4, bin-8", "5, bin-11"})
  void binsAreChosenByTheFirstBits(int bits, String bin) {
    repository.delegateToBins("targets", bits, "bin");
    repository.addTarget(bin, "file-a", new byte[] {1});
    repository.publish(bin, "targets", "snapshot", "timestamp");
    assertThat(Digest.sha256("file-a".getBytes(UTF_8))).startsWith("8f");
    assertThat(client.search("file-a")).isEqualTo("good");
    assertThat(repository.requests.get(4)).isEqualTo("2." + bin + ".json");
  }

  @Test
  void aDelegatedRoleIsVerifiedWithItsDelegatorsKeys() {
    repository.delegate("targets", "A", List.of("a/*"), false);
    repository.delegate("targets", "B", List.of("b/*"), false);
    repository.delegate("A", "C", List.of("a/*"), false);
    repository.addTarget("C", "a/file", new byte[] {1});
    repository.publish("C");
    repository.delegate("B", "C", List.of("b/*"), false);
    repository.publish("A", "B", "targets", "snapshot", "timestamp");
    assertThat(client.search("a/file")).isEqualTo("good");
    assertThat(client.search("b/file")).isEqualTo("tampered");
  }

  @Test
  void aDelegatedRoleThatTheSnapshotDoesNotNameIsRefused() {
    repository.delegate("targets", "A", List.of("*"), false);
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.search("file")).isEqualTo("mismatch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "timestamp", "snapshot", "targets"})
  void aTopLevelRoleIsNotDelegatedTo(String name) {
    repository.delegate("targets", "A", List.of("*"), false).put("name", name);
    map(repository.role("snapshot").get("meta")).put(name + ".json", Map.of("version", 1L));
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.search("file")).isEqualTo("malformed");
    assertThat(client.bytes("root")).isEqualTo(repository.firstRoot());
  }

  @ParameterizedTest
  @CsvSource({
    "?, %3F", "#, %23", "/delegated, %2Fdelegated", "../delegated, ..%2Fdelegated",
    "a b, a%20b", "100%, 100%25", "ü, %C3%BC", "a:b, a%3Ab"
  })
  void roleNamesAreQuoted(String role, String quoted) {
    repository.delegate("targets", role, List.of("*"), false);
    repository.publish(role, "targets", "snapshot", "timestamp");
    assertThat(client.search("missing")).isEqualTo("none");
    assertThat(repository.requests).endsWith("1." + quoted + ".json");
    assertThat(client.bytes(role)).isEqualTo(repository.latest(role));
  }

  @ParameterizedTest
  @CsvSource({
    "file.txt, file.txt",
    "a/b/file.txt, a/b/file.txt",
    "a b/c?d#e, a%20b/c%3Fd%23e",
    "../file, ../file",
    "ü/ß, %C3%BC/%C3%9F"
  })
  void targetPathsAreQuotedSegmentBySegment(String path, String quoted) throws IOException {
    byte[] content = {1, 2, 3};
    repository.addTarget("targets", path, content);
    repository.publish("targets", "snapshot", "timestamp");
    int name = quoted.lastIndexOf('/') + 1;
    String expected =
        quoted.substring(0, name) + Digest.sha256(content) + "." + quoted.substring(name);
    assertThat(client.find(path).location()).isEqualTo(expected);
    repository.root().put("consistent_snapshot", false);
    repository.publish("root");
    assertThat(client.find(path).location()).isEqualTo(quoted);
  }
}
