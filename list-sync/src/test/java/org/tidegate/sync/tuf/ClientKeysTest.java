package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.tuf.SimulatedRepository.list;
import static org.tidegate.sync.tuf.SimulatedRepository.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/** Which keys and signatures count towards a threshold. */
class ClientKeysTest {
  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "rsassa-pss-sha256",
        "rsa-pkcs1v15-sha256"
      })
  void everySchemeOfTheSpecificationVerifies(String scheme) throws JsonException {
    SimulatedKey key = repository.addKey("root", SimulatedKey.of(scheme));
    repository.setThreshold("root", 2);
    repository.publish("root");
    assertThat(client.refresh()).isEqualTo("good");
    repository.publish("root");
    spoil("root", key.id(), key.wrongSignature());
    assertThat(client.refresh()).isEqualTo("threshold");
    assertThat(client.trusted()).contains("root=2");
  }

  @Test
  void asMuchSaltAsFitsIsGoodToo() {
    repository.addKey("root", SimulatedKey.rsa("rsassa-pss-sha256", 256 - 32 - 2));
    repository.setThreshold("root", 2);
    repository.publish("root");
    assertThat(client.refresh()).isEqualTo("good");
  }

  @Test
  void fewerSignaturesThanTheThresholdAreTooFew() {
    repository.setThreshold("snapshot", 3);
    repository.addKey("snapshot", SimulatedKey.ecdsa());
    SimulatedKey third = repository.addKey("snapshot", SimulatedKey.ed25519());
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    repository.signers("snapshot").remove(third.id());
    repository.publish("targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("threshold");
    assertThat(client.trusted()).contains("snapshot=2");
  }

  @Test
  void aThresholdThatNobodyCanReachIsNotReached() {
    repository.addKey("snapshot", SimulatedKey.ecdsa());
    repository.setThreshold("snapshot", 6);
    repository.publish("root", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("threshold");
    assertThat(client.trusted()).contains("root=2").doesNotContain("snapshot");
  }

  @Test
  void aKeyNamedOftenCountsOnce() {
    SimulatedKey key = repository.addKey("snapshot", SimulatedKey.ecdsa());
    for (int i = 0; i < 9; i++) {
      repository.nameKey("snapshot", key);
    }
    repository.setThreshold("snapshot", 3);
    repository.publish("root", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("threshold");
  }

  @Test
  void aKeyUnderTwoIdsCountsOnce() {
    SimulatedKey key = repository.signers("snapshot").values().iterator().next();
    repository.addKey("snapshot", key.with(Map.of("comment", "the same once more")));
    repository.setThreshold("snapshot", 2);
    repository.publish("root", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("threshold");
  }

  @Test
  void aKeyIdThatSignsTwiceIsMalformed() throws JsonException {
    Map<String, Object> file = Json.parse(repository.latest("snapshot")).fields();
    List<Object> signatures = new ArrayList<>(list(file.get("signatures")));
    signatures.add(signatures.get(0));
    replace("snapshot", map(file.get("signed")), signatures);
    assertThat(client.refresh()).isEqualTo("malformed");
    assertThat(client.trusted()).doesNotContain("snapshot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no hexadecimal", "00", "3045022100"})
  void aSignatureThatIsNoneHarmsNobody(String signature) throws JsonException {
    SimulatedKey key = repository.addKey("timestamp", SimulatedKey.ecdsa());
    repository.publish("root", "timestamp");
    spoil("timestamp", key.id(), signature);
    assertThat(client.refresh()).isEqualTo("good");
  }

  @Test
  void aKeyOfAnUnknownKindHarmsNobody() {
    for (Map<String, Object> unknown :
        List.of(
            Map.<String, Object>of("keytype", "quantum", "scheme", "q", "keyval", Map.of()),
            Map.<String, Object>of(
                "keytype", "rsa", "scheme", "ed25519", "keyval", Map.of("public", "00")),
            Map.<String, Object>of(
                "keytype", "ed25519", "scheme", "ed25519", "keyval", Map.of("public", "zz")))) {
      map(repository.root().get("keys")).put("id-" + unknown.hashCode(), unknown);
      repository.keyIds("timestamp").add("id-" + unknown.hashCode());
    }
    repository.publish("root", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
  }

  @Test
  void whatAKeyClaimsOfItsIdDoesNotMatter() {
    repository.keyIds("snapshot").clear();
    repository.signers("snapshot").clear();
    repository.addKey(
        "snapshot", SimulatedKey.ecdsa().with(Map.of("keyid_hash_algorithms", "md5")));
    repository.publish("root", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
  }

  private void spoil(String role, String keyId, String signature) throws JsonException {
    Map<String, Object> file = Json.parse(repository.latest(role)).fields();
    List<Object> signatures = new ArrayList<>();
    for (Object one : list(file.get("signatures"))) {
      boolean isIt = keyId.equals(map(one).get("keyid"));
      signatures.add(isIt ? Map.of("keyid", keyId, "sig", signature) : one);
    }
    replace(role, map(file.get("signed")), signatures);
  }

  private void replace(String role, Map<String, Object> signed, List<Object> signatures) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Object one : signatures) {
      all.add(Map.of("keyid", (String) map(one).get("keyid"), "sig", (String) map(one).get("sig")));
    }
    List<byte[]> versions = repository.published(role);
    versions.set(versions.size() - 1, SimulatedRepository.file(signed, all));
  }
}
