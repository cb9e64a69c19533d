package org.tidegate.sync.tuf;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * A metadata file of good form, not trusted yet (specification §4.2, V2).
 *
 * @param bytes as they were read
 * @param signatures by key id, as text: what is no signature counts for nothing
 * @param message what was signed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
record Metadata(
    byte[] bytes,
    long version,
    Instant expires,
    JsonObject signed,
    Map<String, String> signatures,
    byte[] message) {
  private static final int MAX_SIGNATURES = 64;

  /** Reads a file of that type. */
  static Metadata parse(byte[] bytes, String type) throws RefusedException {
    try {
      JsonObject file = Json.parse(bytes);
      JsonObject signed = file.object("signed");
      long version = signed.number("version");
      if (!signed.string("_type").equals(type)
          || !signed.string("spec_version").startsWith("1.")
          || version < 1) {
        throw new RefusedException(ReasonCode.MALFORMED);
      }
      return new Metadata(
          bytes,
          version,
          signed.time("expires"),
          signed,
          signatures(file.objects("signatures")),
          CanonicalJson.message(signed.fields()));
    } catch (JsonException e) {
      throw new RefusedException(e.isTruncated() ? ReasonCode.TRUNCATED : ReasonCode.MALFORMED);
    } catch (IllegalArgumentException e) {
      // A number with a fraction has no canonical form.
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  /** A key id must not stand twice (§4.2.1): its signatures would count twice. */
  private static Map<String, String> signatures(List<JsonObject> list)
      throws JsonException, RefusedException {
    Map<String, String> signatures = new HashMap<>();
    for (JsonObject signature : list) {
      String twin = signatures.put(signature.string("keyid"), signature.string("sig"));
      if (twin != null || signatures.size() > MAX_SIGNATURES) {
        throw new RefusedException(ReasonCode.MALFORMED);
      }
    }
    return signatures;
  }

  /** The keys that signed, or say that they did. */
  Set<String> signers() {
    return signatures.keySet();
  }

  /** What a timestamp or snapshot states of a file; refused where it states nothing. */
  StatedFile stated(String file) throws RefusedException {
    try {
      JsonObject meta = signed.object("meta");
      if (!meta.has(file)) {
        throw new RefusedException(ReasonCode.MISMATCH);
      }
      return StatedFile.ofMetadata(meta.object(file));
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  /** The files that a timestamp or snapshot states something of. */
  Set<String> statedFiles() throws RefusedException {
    try {
      return signed.object("meta").names();
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  /** Of a root: all keys that it names. */
  Set<String> keyIds() {
    return signed.fields().get("keys") instanceof Map<?, ?> keys
        ? keys.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }

  /** Of a root: whether file names carry versions and hashes (§6.2). */
  boolean isConsistent() {
    return Boolean.TRUE.equals(signed.fields().get("consistent_snapshot"));
  }

  boolean hasExpired(Instant now) {
    return !expires.isAfter(now);
  }

  @Override
  public String toString() {
    return "Metadata[version " + version + "]";
  }
}
