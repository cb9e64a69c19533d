package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The secret of 128 bits under which an operator's lists are hashed. Immutable. */
public final class ListKey {
  /** The length of a key in bytes. */
  public static final int BYTES = 16;

  private static final byte[] ID_LABEL = "tidegate list key id 1\n".getBytes(US_ASCII);

  final long k0;
  final long k1;

  /** The state that every host's message begins with. */
  final SipHash afterHostMessage;

  private final long id;

  private ListKey(byte[] key) {
    this.k0 = LittleEndian.getLong(key, 0);
    this.k1 = LittleEndian.getLong(key, 8);
    this.afterHostMessage = new SipHash(k0, k1);
    afterHostMessage.word(HostHash.HOST_MESSAGE);
    this.id = LittleEndian.getLong(digest(key), 0);
  }

  /** The key of these 16 bytes. */
  public static ListKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("list key of " + key.length + " bytes (expected: 16)");
    }
    return new ListKey(key);
  }

  /** A new key. */
  public static ListKey random(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new ListKey(key);
  }

  /** The secret itself, for the publisher's key file. */
  public byte[] bytes() {
    byte[] key = new byte[BYTES];
    LittleEndian.putLong(key, 0, k0);
    LittleEndian.putLong(key, 8, k1);
    return key;
  }

  /** Names the key without disclosing it: 16 hexadecimal digits. */
  public String id() {
    return hex(id);
  }

  /** The id as it stands in a compiled list. */
  long idBits() {
    return id;
  }

  static String hex(long id) {
    return HexFormat.of().toHexDigits(Long.reverseBytes(id));
  }

  private static byte[] digest(byte[] key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ID_LABEL);
      return sha.digest(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ListKey other && k0 == other.k0 && k1 == other.k1;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(k0 ^ k1);
  }

  /** Discloses the id only. */
  @Override
  public String toString() {
    return "ListKey[" + id() + "]";
  }
}
