package org.tidegate.filter.url;

import java.util.Arrays;

/** A growing byte array that is also a stack; for one thread. */
final class Bytes {
  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[Math.max(capacity, 16)];
  }

  int length() {
    return length;
  }

  byte get(int index) {
    return array[index];
  }

  void set(int index, byte value) {
    array[index] = value;
  }

  void add(byte value) {
    if (length == array.length) {
      array = Arrays.copyOf(array, 2 * length);
    }
    array[length++] = value;
  }

  void addAll(byte[] values) {
    addAll(values, 0, values.length);
  }

  void addAll(byte[] values, int from, int to) {
    int needed = length + to - from;
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, 2 * length));
    }
    System.arraycopy(values, from, array, length, to - from);
    length = needed;
  }

  /** Forgets everything from this length on. */
  void truncate(int newLength) {
    length = newLength;
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }
}
