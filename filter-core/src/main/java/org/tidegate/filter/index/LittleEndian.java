package org.tidegate.filter.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Words in a byte array, eight bytes a step; hot path. */
final class LittleEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static long getLong(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  /** The {@code count} bytes (0 to 7) from {@code at} on, as the low bytes of a word. */
  static long rest(byte[] bytes, int at, int count) {
    if (at + 8 <= bytes.length) {
      return getLong(bytes, at) & ((1L << (8 * count)) - 1);
    }
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = word << 8 | (bytes[at + i] & 0xFF);
    }
    return word;
  }

  /** As {@link #rest}, of the bytes that end before {@code end}, the last one lowest. */
  static long restReversed(byte[] bytes, int end, int count) {
    if (end >= 8) {
      return getLongReversed(bytes, end) & ((1L << (8 * count)) - 1);
    }
    long word = 0;
    for (int i = end - count; i < end; i++) {
      word = word << 8 | (bytes[i] & 0xFF);
    }
    return word;
  }

  /** The eight bytes before {@code end}, the last one lowest. */
  static long getLongReversed(byte[] bytes, int end) {
    return Long.reverseBytes(getLong(bytes, end - 8));
  }
}
