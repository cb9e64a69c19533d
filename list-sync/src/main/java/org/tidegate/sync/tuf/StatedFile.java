package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * What signed metadata states of a file.
 *
 * @param version of a metadata file; 0 for a target
 * @param length in bytes; {@code Long.MAX_VALUE} where it is not stated
 * @param hashes by the name of their algorithm; may be none for metadata
 */
public record StatedFile(long version, long length, Map<String, String> hashes) {
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");

  public StatedFile {
    hashes = Map.copyOf(hashes);
  }

  /** Of a timestamp or snapshot: length and hashes may be left out (§4.4). */
  static StatedFile ofMetadata(JsonObject stated) throws JsonException, RefusedException {
    long version = stated.number("version");
    long length = stated.has("length") ? stated.number("length") : Long.MAX_VALUE;
    Map<String, String> hashes =
        stated.has("hashes") ? hashes(stated.object("hashes")) : new HashMap<>();
    if (version < 1 || length < 1) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    return new StatedFile(version, length, hashes);
  }

  /** Of a target. */
  static StatedFile ofTarget(JsonObject stated) throws JsonException, RefusedException {
    long length = stated.number("length");
    if (length < 0) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    return new StatedFile(0, length, hashes(stated.object("hashes")));
  }

  /** Those of an algorithm that we know; one there must be. */
  private static Map<String, String> hashes(JsonObject stated)
      throws JsonException, RefusedException {
    Map<String, String> known = new LinkedHashMap<>();
    for (String algorithm : stated.names()) {
      if (ALGORITHMS.containsKey(algorithm)) {
        known.put(algorithm, stated.string(algorithm));
      }
    }
    if (known.isEmpty()) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    return known;
  }

  /** V3: refuses bytes of another length or hash. */
  void check(byte[] bytes) throws RefusedException {
    if (length != Long.MAX_VALUE) {
      Digest.checkLength(bytes.length, length);
    }
    for (Map.Entry<String, String> hash : hashes.entrySet()) {
      checkHash(hash.getValue(), begin(hash.getKey()).digest(bytes));
    }
  }

  /**
   * Copies a file, never more of it than is stated, and refuses it where it is another: what was
   * written until then is to be thrown away.
   */
  public void copy(InputStream in, OutputStream out) throws IOException {
    Map<String, MessageDigest> digests = new HashMap<>();
    hashes.keySet().forEach(algorithm -> digests.put(algorithm, begin(algorithm)));
    byte[] chunk = new byte[1 << 16];
    long found = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      found += n;
      if (found > length) {
        throw new RefusedException(ReasonCode.TOO_LARGE);
      }
      for (MessageDigest digest : digests.values()) {
        digest.update(chunk, 0, n);
      }
      out.write(chunk, 0, n);
    }
    Digest.checkLength(found, length);
    for (Map.Entry<String, MessageDigest> digest : digests.entrySet()) {
      checkHash(hashes.getOrDefault(digest.getKey(), ""), digest.getValue().digest());
    }
  }

  /** The hash that stands before a target's name where snapshots are consistent (§6.2). */
  String prefix() {
    return hashes.getOrDefault("sha256", hashes.values().iterator().next());
  }

  private static void checkHash(String stated, byte[] found) throws RefusedException {
    if (!HexFormat.of().formatHex(found).equals(stated)) {
      throw new RefusedException(ReasonCode.TAMPERED);
    }
  }

  private static MessageDigest begin(String algorithm) {
    try {
      return MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform has " + algorithm, e);
    }
  }
}
