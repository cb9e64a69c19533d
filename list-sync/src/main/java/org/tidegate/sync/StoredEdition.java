package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.Digest;
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

  byte[] bytes() {
    return CanonicalJson.bytes(
        Map.of(
            "format",
            1,
            "first_root",
            Digest.sha256(metadata.roots().get(0)),
            "roots",
            metadata.roots().size(),
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

  /**
   * @param roots that are stored, from the first trusted one on
   */
  static StoredEdition parse(byte[] bytes, List<byte[]> roots) throws JsonException {
    JsonObject fields = Json.parse(bytes);
    long count = fields.number("roots");
    if (count < 1
        || count > roots.size()
        || !Digest.sha256(roots.get(0)).equals(fields.string("first_root"))) {
      throw new JsonException("the edition was verified with other roots", false);
    }
    TrustedMetadata metadata =
        new TrustedMetadata(
            roots.subList(0, (int) count),
            fields.string("timestamp").getBytes(UTF_8),
            fields.string("snapshot").getBytes(UTF_8),
            fields.string("targets").getBytes(UTF_8));
    return new StoredEdition(
        metadata, fields.string("manifest").getBytes(UTF_8), fields.time("verified"));
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
