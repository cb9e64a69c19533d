package org.tidegate.proxy.http;

/** The byte classes of RFC 9110 §5.6 and RFC 9112 §2. */
final class Syntax {
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int c = '0'; c <= '9'; c++) {
      TOKEN[c] = true;
    }
    for (int c = 'a'; c <= 'z'; c++) {
      TOKEN[c] = true;
      TOKEN[c - 'a' + 'A'] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private Syntax() {}

  static boolean isToken(byte b) {
    return TOKEN[b & 0xff];
  }

  static boolean isToken(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isToken(bytes[i])) {
        return false;
      }
    }
    return from < to;
  }

  /** Whether a field value may hold this byte: visible, space, tab, or beyond ASCII. */
  static boolean isFieldValue(byte b) {
    return b >= 0x20 ? b != 0x7f : b < 0 || b == '\t';
  }

  /** Whether a target may hold this byte: what browsers send raw, and what lies beyond ASCII. */
  static boolean isTarget(byte b) {
    return b > 0x20 ? b != 0x7f : b < 0;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  static int toLower(int b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /** The value of a hexadecimal digit, or −1. */
  static int hexValue(int b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Reads a decimal number of at most 18 digits, or returns −1. */
  static long decimal(String digits) {
    if (digits.isEmpty() || digits.length() > 18) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
