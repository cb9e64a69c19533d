package org.tidegate.filter.url;

/** Eight bytes of a path or query that {@link CanonicalScan} wants looked at one by one. */
final class OddBytes {
  /** All eight are canonical, and none ends the path. */
  static final int PLAIN = -2;

  private static final int BAD = -1;
  private static final byte PATH = 1;
  private static final byte QUERY = 2;

  /** For bytes: in which part they stand plainly; for values: in which they stay escaped. */
  private static final byte[] STANDS = new byte[256];

  private static final byte[] STAYS_ESCAPED = new byte[256];

  static {
    for (int b = 0; b < 256; b++) {
      boolean printable = b > 0x20 && b < 0x7F && b != '#';
      boolean query = printable && b != '%';
      boolean path = query && b != '\\' && b != '?';
      STANDS[b] = (byte) ((path ? PATH : 0) | (query ? QUERY : 0));
      boolean inPath = !printable || Escapes.IN_PATH.indexOf(b) >= 0;
      boolean inQuery = !printable || Escapes.IN_QUERY.indexOf(b) >= 0;
      STAYS_ESCAPED[b] = (byte) ((inPath ? PATH : 0) | (inQuery ? QUERY : 0));
    }
  }

  private OddBytes() {}

  /** Where the path ends, -1 if it isn't canonical, or {@link #PLAIN}. */
  static int pathEnd(byte[] url, int pathStart, int from, int to) {
    int end = Math.min(from + 8, to);
    for (int i = from; i < end; i++) {
      if (url[i] == '?') {
        return i;
      }
      boolean bad = !isPlain(url, i, to, PATH);
      if (bad || (i > pathStart && url[i - 1] == '/' && isEmptyOrDots(url, i, to))) {
        return BAD;
      }
    }
    return PLAIN;
  }

  static boolean isQuery(byte[] url, int from, int to) {
    int end = Math.min(from + 8, to);
    for (int i = from; i < end; i++) {
      if (!isPlain(url, i, to, QUERY)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the segment that begins there is empty and not the last one, or a dot segment. */
  private static boolean isEmptyOrDots(byte[] url, int from, int to) {
    int i = from;
    while (i < to && i < from + 2 && url[i] == '.') {
      i++;
    }
    boolean ends = i == to || url[i] == '/' || url[i] == '?';
    return ends && (i > from || url[from] == '/');
  }

  private static boolean isPlain(byte[] url, int at, int to, byte part) {
    byte b = url[at];
    return (STANDS[b & 0xFF] & part) != 0 || (b == '%' && isKeptEscape(url, at, to, part));
  }

  /** Whether an escape is one that the canonical form writes. */
  private static boolean isKeptEscape(byte[] url, int at, int to, byte part) {
    if (at + 2 >= to || !isUpperHex(url[at + 1]) || !isUpperHex(url[at + 2])) {
      return false;
    }
    int value = Escapes.hexValue(url[at + 1]) << 4 | Escapes.hexValue(url[at + 2]);
    if (value == '%') {
      return at + 4 >= to || Escapes.hexValue(url[at + 3]) < 0 || Escapes.hexValue(url[at + 4]) < 0;
    }
    return (STAYS_ESCAPED[value] & part) != 0;
  }

  private static boolean isUpperHex(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'F');
  }
}
