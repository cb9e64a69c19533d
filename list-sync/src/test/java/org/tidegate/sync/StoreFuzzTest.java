package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/** Manifests and the store's own files, of any bytes: a value or a reason, and nothing else. */
class StoreFuzzTest {

  private interface Parsed {
    Object of(byte[] bytes) throws JsonException;
  }

  @FuzzTest
  void manifest(byte[] bytes) {
    TrustedMetadata metadata = stating(bytes);
    try {
      assertThat(Manifest.verify(bytes, metadata, LIST).serial()).isNotNegative();
    } catch (RefusedException e) {
      assertThat(e.reason().code()).isNotEmpty();
    }
  }

  @FuzzTest
  void files(byte[] bytes) {
    check(StoredOutcome::parse, bytes);
    check(Pin::parse, bytes);
    check(StoredEdition::parse, bytes);
  }

  private static void check(Parsed parsed, byte[] bytes) {
    try {
      assertThat(parsed.of(bytes)).isNotNull();
    } catch (JsonException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }

  /** Targets that state these bytes as a manifest, and one list. */
  private static TrustedMetadata stating(byte[] bytes) {
    Map<String, Object> manifest = stated(bytes.length, Digest.sha256(bytes));
    Map<String, Object> list = stated(10, Digest.sha256(new byte[10]));
    byte[] targets =
        CanonicalJson.bytes(
            Map.of(
                "signed",
                Map.of(
                    "targets",
                    Map.of("lists/test/manifest.json", manifest, "lists/test/1.tgl", list))));
    return new TrustedMetadata(List.of(targets), targets, targets, targets);
  }

  private static Map<String, Object> stated(long length, String sha256) {
    return Map.of("length", length, "hashes", Map.of("sha256", sha256));
  }
}
