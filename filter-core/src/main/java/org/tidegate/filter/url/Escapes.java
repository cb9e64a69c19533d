package org.tidegate.filter.url;

/**
 * Percent-escapes: undone until nothing changes any more, and put back where the canonical form
 * wants them.
 *
 * <p>Undoing is one linear pass. Bytes go onto a stack; while its top reads {@code %HH} that triple
 * is replaced by its byte, which may complete another triple. No two triples can overlap (a percent
 * sign is no hex digit), so the order of replacement doesn't matter and the result is the same as
 * that of decoding the whole text again and again.
 *
 * <p>A delimiter that is data stays escaped, with upper-case digits. So in the result {@code %HH}
 * always is such a delimiter, and every other percent sign is a plain character.
 */
final class Escapes {
  /** Delimiters that stay escaped in a host: none. */
  static final String NONE = "";

  /** Delimiters that stay escaped in a path (C12). */
  static final String IN_PATH = "?\\";

  /** Delimiters that stay escaped in a query (C16). */
  static final String IN_QUERY = "&=+;";

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private Escapes() {}

  /** Returns the bytes with every escape undone until stable, but for the delimiters to keep. */
  static Bytes undo(byte[] text, int from, int to, String kept) {
    int first = from;
    while (first < to && text[first] != '%') {
      first++;
    }
    Bytes out = new Bytes(to - from);
    out.addAll(text, from, first);
    for (int i = first; i < to; i++) {
      out.add(text[i]);
      int value = tripleAtEnd(out);
      while (value >= 0 && kept.indexOf(value) < 0) {
        out.truncate(out.length() - 3);
        out.add((byte) value);
        value = tripleAtEnd(out);
      }
      if (value >= 0) {
        out.truncate(out.length() - 3);
        addTriple(out, value);
      }
    }
    return out;
  }

  /**
   * Appends undone text as the canonical form spells it (C15): escaped are bytes up to 0x20 and
   * from 0x7F, {@code #}, and a percent sign that doesn't belong to a kept delimiter.
   */
  static void putBack(Bytes undone, Bytes out) {
    for (int i = 0; i < undone.length(); i++) {
      byte b = undone.get(i);
      boolean plain = b > 0x20 && b < 0x7F && b != '#' && (b != '%' || tripleAt(undone, i) >= 0);
      if (plain) {
        out.add(b);
      } else {
        addTriple(out, b & 0xFF);
      }
    }
  }

  /** The value of a hex digit, or -1. */
  static int hexValue(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static int tripleAtEnd(Bytes text) {
    return tripleAt(text, text.length() - 3);
  }

  private static int tripleAt(Bytes text, int at) {
    if (at < 0 || at + 3 > text.length() || text.get(at) != '%') {
      return -1;
    }
    int high = hexValue(text.get(at + 1));
    int low = hexValue(text.get(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static void addTriple(Bytes out, int value) {
    out.add((byte) '%');
    out.add(HEX[value >> 4]);
    out.add(HEX[value & 15]);
  }
}
