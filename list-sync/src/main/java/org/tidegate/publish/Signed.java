package org.tidegate.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tidegate.sync.json.CanonicalJson;

/** A metadata file: what is signed, and the signatures (specification §4.2). */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
record Signed(Role role, long version, byte[] bytes) {
  private static final String SPEC_VERSION = "1.0.34";

  /** What is to be signed for a role. */
  static Map<String, Object> fields(
      Role role, long version, String expires, Map<String, Object> fields) {
    Map<String, Object> signed = new TreeMap<>(fields);
    signed.put("_type", role.id());
    signed.put("spec_version", SPEC_VERSION);
    signed.put("version", version);
    signed.put("expires", expires);
    return signed;
  }

  static Signed of(
      Role role, long version, Map<String, Object> signed, List<Map<String, String>> signatures) {
    byte[] bytes = CanonicalJson.bytes(Map.of("signed", signed, "signatures", signatures));
    return new Signed(role, version, bytes);
  }

  /** What the metadata above states of this file: {@code meta} of a timestamp or snapshot. */
  Map<String, Object> stated() {
    Map<String, Object> stated = new HashMap<>(file(bytes));
    stated.put("version", version);
    return Map.of("meta", Map.of(role.id() + ".json", stated));
  }

  /** Length and hash of a file, as metadata states them. */
  static Map<String, Object> file(byte[] bytes) {
    return Map.of(
        "length", (long) bytes.length, "hashes", Map.of("sha256", SigningKey.sha256(bytes)));
  }

  /** The timestamp alone has no version in its name. */
  String fileName() {
    return role == Role.TIMESTAMP ? "timestamp.json" : version + "." + role.id() + ".json";
  }

  @Override
  public String toString() {
    return "Signed[" + fileName() + "]";
  }
}
