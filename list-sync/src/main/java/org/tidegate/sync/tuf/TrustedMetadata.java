package org.tidegate.sync.tuf;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * Metadata that was verified together, byte by byte as it was signed.
 *
 * @param roots from the oldest to the one that the rest was verified with
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
public record TrustedMetadata(
    List<byte[]> roots, byte[] timestamp, byte[] snapshot, byte[] targets) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** The target of that path, if the publisher has one. */
  public Optional<Target> find(String path) throws RefusedException {
    try {
      JsonObject all = signed(targets).object("targets");
      return all.has(path) ? Optional.of(target(path, all.object(path))) : Optional.empty();
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  /** When the timestamp expires. */
  public Instant expires() throws RefusedException {
    return expires(timestamp);
  }

  static Instant expires(byte[] metadata) throws RefusedException {
    try {
      return signed(metadata).time("expires");
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  static JsonObject signed(byte[] metadata) throws JsonException {
    return Json.parse(metadata).object("signed");
  }

  private static Target target(String path, JsonObject target)
      throws JsonException, RefusedException {
    String sha256 = target.object("hashes").string("sha256");
    long length = target.number("length");
    if (length < 0 || !SHA_256.matcher(sha256).matches()) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    return new Target(path, length, sha256);
  }

  @Override
  public String toString() {
    return "TrustedMetadata[" + roots.size() + " roots]";
  }
}
