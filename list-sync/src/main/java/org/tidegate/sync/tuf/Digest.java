package org.tidegate.sync.tuf;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and length, stated and found. */
public final class Digest {
  private Digest() {}

  /** A new digest. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(begin().digest(bytes));
  }

  /** Refuses bytes of another hash. */
  public static void check(byte[] bytes, String sha256) throws RefusedException {
    if (!sha256(bytes).equals(sha256)) {
      throw new RefusedException(ReasonCode.TAMPERED);
    }
  }

  /** Refuses another length. */
  public static void checkLength(long found, long stated) throws RefusedException {
    if (found != stated) {
      throw new RefusedException(found < stated ? ReasonCode.TRUNCATED : ReasonCode.TOO_LARGE);
    }
  }
}
