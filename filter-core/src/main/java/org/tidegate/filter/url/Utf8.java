package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;

/** Text to bytes, for the doors that take text. */
final class Utf8 {
  private Utf8() {}

  /**
   * Returns the UTF-8 form (C1). A lone surrogate becomes U+FFFD: Java itself would write a
   * question mark, which is a delimiter.
   */
  static byte[] encode(String text) {
    boolean plain = text.chars().noneMatch(c -> c >= 0x80);
    return (plain ? text : whole(text)).getBytes(StandardCharsets.UTF_8);
  }

  private static String whole(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints().forEach(c -> whole.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
    return whole.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
