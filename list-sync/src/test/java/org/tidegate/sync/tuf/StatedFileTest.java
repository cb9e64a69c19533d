package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatedFileTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @ParameterizedTest
  @ValueSource(strings = {"SHA-256", "SHA-512", "SHA-256 SHA-512", "SHA-384"})
  void everyStatedHashIsChecked(String algorithms) throws IOException, GeneralSecurityException {
    Map<String, String> hashes = new HashMap<>();
    for (String algorithm : algorithms.split(" ")) {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(CONTENT);
      hashes.put(algorithm.replace("SHA-", "sha"), HexFormat.of().formatHex(digest));
    }
    publish(hashes);
    RepositoryTarget target = client.find("file");
    assertThat(target.location()).matches("[0-9a-f]+\\.file");
    assertThat(copy(target, CONTENT)).isEqualTo("content");
    assertThat(copy(target, "Content".getBytes(UTF_8))).isEqualTo("tampered");
    assertThat(copy(target, "conten".getBytes(UTF_8))).isEqualTo("truncated");
    assertThat(copy(target, "content!".getBytes(UTF_8))).isEqualTo("too-large");
    for (String one : hashes.keySet()) {
      Map<String, String> wrong = new HashMap<>(hashes);
      wrong.put(one, "00".repeat(hashes.get(one).length() / 2));
      publish(wrong);
      assertThat(copy(client.find("file"), CONTENT)).as(one).isEqualTo("tampered");
    }
  }

  @Test
  void aTargetWithoutAHashThatWeKnowIsNotTaken() {
    publish(Map.of("unknown", "00"));
    assertThat(client.search("file")).isEqualTo("malformed");
  }

  private void publish(Map<String, String> hashes) {
    repository.addTarget("targets", "file", CONTENT, hashes);
    repository.publish("targets", "snapshot", "timestamp");
  }

  private static String copy(RepositoryTarget target, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      target.stated().copy(new ByteArrayInputStream(content), out);
      return out.toString(UTF_8);
    } catch (RefusedException e) {
      return e.reason().code();
    }
  }
}
