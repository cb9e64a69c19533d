package org.tidegate.filter.list;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds single bytes, eight a step; hot path. Whether a word has a byte below a number, or a zero
 * byte, one subtraction tells (Warren, "Hacker's Delight", §6.1); which it is, a look at each.
 */
final class ByteSearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private ByteSearch() {}

  /** Where the first CR or LF is, or {@code to}. */
  static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      if (hasBelow((long) LONG.get(bytes, at), '\r' + 1)) {
        int end = oneByOne(bytes, at, at + 8);
        if (end < at + 8) {
          return end;
        }
      }
    }
    return oneByOne(bytes, at, to);
  }

  private static int oneByOne(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  /** Whether that byte is there. */
  static boolean has(byte[] bytes, int from, int to, char wanted) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      if (hasBelow((long) LONG.get(bytes, at) ^ wanted * ONES, 1)) {
        return true;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Whether a byte is below a number up to 128. */
  private static boolean hasBelow(long word, int number) {
    return (word - number * ONES & ~word & HIGH) != 0;
  }
}
