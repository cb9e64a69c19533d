package org.tidegate.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * What the publisher says of an edition.
 *
 * @param list the compiled list's target
 * @param delta by which it can be made of another edition
 * @param sizeChanges the serials of editions whose sudden change of size the publisher confirmed
 */
record Manifest(
    long serial,
    int entries,
    String keyId,
    Instant created,
    Target list,
    Optional<ManifestDelta> delta,
    List<Long> sizeChanges) {
  static final int MAX_LENGTH = 16 * 1024;

  /** The manifest's target. */
  static Target target(TrustedMetadata metadata, String name) throws RefusedException {
    Target target =
        metadata
            .find("lists/" + name + "/manifest.json")
            .orElseThrow(() -> new RefusedException(ReasonCode.NO_SUCH_LIST));
    if (target.length() > MAX_LENGTH) {
      throw new RefusedException(ReasonCode.TOO_LARGE);
    }
    return target;
  }

  /** V7: it is the manifest that was signed, of this list, and its list was signed too. */
  static Manifest verify(byte[] bytes, TrustedMetadata metadata, String name)
      throws RefusedException {
    Target target = target(metadata, name);
    Digest.checkLength(bytes.length, target.length());
    Digest.check(bytes, target.sha256());
    try {
      JsonObject fields = Json.parse(bytes);
      if (fields.number("format") != 1) {
        throw new RefusedException(ReasonCode.FORMAT_VERSION);
      }
      return of(fields, metadata, name);
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  private static Manifest of(JsonObject fields, TrustedMetadata metadata, String name)
      throws JsonException, RefusedException {
    long serial = fields.number("serial");
    Target list =
        metadata
            .find("lists/" + name + "/" + serial + ".tgl")
            .orElseThrow(() -> new RefusedException(ReasonCode.MISMATCH));
    boolean agrees =
        fields.string("name").equals(name)
            && fields.string("path").equals(list.path())
            && fields.string("sha256").equals(list.sha256())
            && fields.number("length") == list.length();
    long entries = fields.number("entries");
    if (!agrees || serial < 0 || entries < 0 || entries > Integer.MAX_VALUE) {
      throw new RefusedException(ReasonCode.MISMATCH);
    }
    if (list.length() > Integer.MAX_VALUE - 16) {
      throw new RefusedException(ReasonCode.TOO_LARGE);
    }
    return new Manifest(
        serial,
        (int) entries,
        fields.string("key_id"),
        fields.time("created"),
        list,
        ManifestDelta.find(fields, metadata, list),
        sizeChanges(fields));
  }

  private static List<Long> sizeChanges(JsonObject fields) throws JsonException {
    List<Long> serials = new ArrayList<>();
    if (fields.has("size_changes")) { // other publishers know nothing of it
      for (JsonObject change : fields.objects("size_changes")) {
        serials.add(change.number("serial"));
      }
    }
    return List.copyOf(serials);
  }

  /** Whether its publisher confirmed a sudden change of size since that serial. */
  boolean confirmsChangeSince(long before) {
    return sizeChanges.stream().anyMatch(change -> change > before && change <= serial);
  }

  /** V8: that of the gateway's list keys that it was hashed with. */
  ListKey key(List<ListKey> keys) throws RefusedException {
    for (ListKey key : keys) {
      if (keyId.equals(key.id())) {
        return key;
      }
    }
    throw new RefusedException(ReasonCode.WRONG_KEY);
  }
}
