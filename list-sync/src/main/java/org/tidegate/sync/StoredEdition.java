package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * The proof of the last good edition: the metadata that it was verified with and its manifest, byte
 * by byte, so that it can be verified again without a network.
 *
 * @param verified when that was
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
record StoredEdition(TrustedMetadata metadata, byte[] manifest, Instant verified) {
  private static final int FORMAT = 2;

  byte[] bytes() {
    return CanonicalJson.bytes(
        Map.of(
            "format",
            FORMAT,
            "roots",
            texts(metadata.roots()),
            "timestamp",
            new String(metadata.timestamp(), UTF_8),
            "snapshot",
            new String(metadata.snapshot(), UTF_8),
            "targets",
            new String(metadata.targets(), UTF_8),
            "manifest",
            new String(manifest, UTF_8),
            "verified",
            verified.toString()));
  }

  static StoredEdition parse(byte[] bytes) throws JsonException {
    JsonObject fields = Json.parse(bytes);
    List<byte[]> roots = fields.number("format") == FORMAT ? roots(fields) : List.of();
    if (roots.isEmpty()) {
      throw new JsonException("no roots, or of another version of this software", false);
    }
    TrustedMetadata metadata =
        new TrustedMetadata(
            roots,
            fields.string("timestamp").getBytes(UTF_8),
            fields.string("snapshot").getBytes(UTF_8),
            fields.string("targets").getBytes(UTF_8));
    return new StoredEdition(
        metadata, fields.string("manifest").getBytes(UTF_8), fields.time("verified"));
  }

  /** Roots in a file of the store. */
  static List<byte[]> roots(JsonObject file) throws JsonException {
    return file.strings("roots").stream().map(root -> root.getBytes(UTF_8)).toList();
  }

  static List<String> texts(List<byte[]> roots) {
    return roots.stream().map(root -> new String(root, UTF_8)).toList();
  }

  /** Its manifest, which has to fit the metadata; the metadata itself is not verified. */
  Manifest stated(String name) throws RefusedException {
    return Manifest.verify(manifest, metadata, name);
  }

  ListStatus.Edition status(Manifest of) throws RefusedException {
    return new ListStatus.Edition(
        of.serial(), of.entries(), of.keyId(), of.created(), verified, metadata.expires());
  }

  /**
   * Not earlier than the edition was verified: a clock that was set back must not make expired
   * metadata good again. What the disk says of that time counts only where it can be true.
   */
  Instant notBefore(Instant now) throws RefusedException {
    return verified.isAfter(now) && verified.isBefore(metadata.expires()) ? verified : now;
  }

  @Override
  public String toString() {
    return "StoredEdition[verified " + verified + "]";
  }
}
