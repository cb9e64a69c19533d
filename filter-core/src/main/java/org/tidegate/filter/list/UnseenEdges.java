package org.tidegate.filter.list;

/**
 * Where a line's text begins and ends, without what nobody sees around it: what editors and web
 * pages leave there (a byte-order mark, no-break spaces, spaces without width, marks of direction)
 * would make it another URL, or none.
 */
final class UnseenEdges {
  private UnseenEdges() {}

  /** Behind the last such character at the beginning; plain blanks alone stay: zones need them. */
  static int start(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] > ' ') {
      return from; // as nearly always
    }
    int start = from;
    int at = from;
    for (int length = length(bytes, at, to); length > 0; length = length(bytes, at, to)) {
      at += length;
      start = length > 1 ? at : start;
    }
    return start;
  }

  /** Before all such characters and blanks at the end. */
  static int end(byte[] bytes, int from, int to) {
    if (from < to && bytes[to - 1] > ' ') {
      return to;
    }
    int end = to;
    for (int length = lengthBefore(bytes, from, end); length > 0; ) {
      end -= length;
      length = lengthBefore(bytes, from, end);
    }
    return end;
  }

  private static int lengthBefore(byte[] bytes, int from, int end) {
    int length = 3;
    while (length > 0 && (end - length < from || length(bytes, end - length, end) != length)) {
      length--;
    }
    return length;
  }

  /** How many bytes the unseen character has that begins there; 0: none begins. */
  private static int length(byte[] bytes, int at, int to) {
    if (at < to && bytes[at] >= 0) {
      return bytes[at] <= ' ' ? 1 : 0;
    }
    if (to - at >= 2 && isUnseen(bytes[at] & 0xFF, bytes[at + 1] & 0xFF)) {
      return 2;
    }
    return to - at >= 3 && isUnseen(bytes[at], bytes[at + 1] & 0xFF, bytes[at + 2] & 0xFF) ? 3 : 0;
  }

  /** U+0085, U+00A0, U+00AD. */
  private static boolean isUnseen(int first, int second) {
    return first == 0xC2 && (second == 0x85 || second == 0xA0 || second == 0xAD);
  }

  /** Code points of three bytes in UTF-8. */
  private static boolean isUnseen(int first, int second, int third) {
    int c = (first & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F);
    boolean encoded = (first & 0xF0) == 0xE0 && second >> 6 == 2 && third >> 6 == 2;
    return encoded
        && ((c >= 0x2000 && c <= 0x200F)
            || (c >= 0x2028 && c <= 0x202F)
            || (c >= 0x205F && c <= 0x206F)
            || c == 0x1680
            || c == 0x180E
            || c == 0x3000
            || c == 0xFEFF);
  }
}
