package org.tidegate.filter.index;

import java.util.Arrays;

/**
 * Sorts pairs of unsigned 64-bit keys, and a note on each, by digits from the highest. Keys are
 * hashes, so that a digit of the right width leaves few entries for each of its values; keys that
 * are equal, or no hashes, make it slower, not wrong. For one thread.
 */
final class KeySort {
  private static final int FEW = 24;
  private static final int MOST_BITS = 11;
  private static final int ALL_BITS = 2 * Long.SIZE;

  private final long[] major;
  private final long[] minor;
  private final long[] notes;
  private long[] otherMajor = new long[0];
  private long[] otherMinor = new long[0];
  private long[] otherNotes = new long[0];

  KeySort(long[] major, long[] minor, long[] notes) {
    this.major = major;
    this.minor = minor;
    this.notes = notes;
  }

  /** The first of those keys, each once, ascending without sign. */
  static long[] distinct(long[] keys, int count) {
    int bits = Math.max(1, bits(count)); // of keys with the same first bit, order knows no sign
    int shift = Long.SIZE - bits;
    int[] next = count(keys, 0, count, shift, bits);
    int[] ends = next.clone();
    long[] sorted = new long[count];
    for (int i = count - 1; i >= 0; i--) {
      sorted[--next[digit(keys[i], shift, bits)]] = keys[i];
    }
    for (int digit = 0; digit < ends.length; digit++) {
      Arrays.sort(sorted, next[digit], ends[digit]);
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || sorted[i] != sorted[kept - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  /** As many as leave few of that many keys for each value of a digit. */
  private static int bits(int count) {
    return Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count / 8));
  }

  /**
   * Sorts a part.
   *
   * @param bit how many of the highest bits are the same in all of it
   */
  void sort(int from, int to, int bit) {
    int count = to - from;
    if (count <= FEW) {
      insert(from, to);
      return;
    }
    if (bit == ALL_BITS) {
      return;
    }
    int bits = Math.min(bits(count), Long.SIZE - bit % Long.SIZE);
    long[] keys = bit < Long.SIZE ? major : minor;
    int shift = Long.SIZE - bit % Long.SIZE - bits;
    int[] ends = count(keys, from, to, shift, bits);
    int first = digit(keys[from], shift, bits);
    if (ends[first] < to || (first > 0 && ends[first - 1] > from)) {
      scatter(keys, from, to, shift, bits, ends);
    }
    int start = from;
    for (int end : ends) {
      if (end - start > 1) {
        sort(start, end, bit + bits);
      }
      start = end;
    }
  }

  private static int[] count(long[] keys, int from, int to, int shift, int bits) {
    int[] ends = new int[1 << bits];
    for (int i = from; i < to; i++) {
      ends[digit(keys[i], shift, bits)]++;
    }
    int sum = from;
    for (int digit = 0; digit < ends.length; digit++) {
      sum += ends[digit];
      ends[digit] = sum;
    }
    return ends;
  }

  private static int digit(long key, int shift, int bits) {
    return (int) (key >>> shift) & (1 << bits) - 1;
  }

  private void scatter(long[] keys, int from, int to, int shift, int bits, int[] ends) {
    int count = to - from;
    if (otherMajor.length < count) {
      otherMajor = new long[count];
      otherMinor = new long[count];
      otherNotes = new long[count];
    }
    System.arraycopy(major, from, otherMajor, 0, count);
    System.arraycopy(minor, from, otherMinor, 0, count);
    System.arraycopy(notes, from, otherNotes, 0, count);
    long[] digits = keys == major ? otherMajor : otherMinor;
    int[] next = ends.clone();
    for (int i = count - 1; i >= 0; i--) {
      int at = --next[digit(digits[i], shift, bits)];
      major[at] = otherMajor[i];
      minor[at] = otherMinor[i];
      notes[at] = otherNotes[i];
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long a = major[i];
      long b = minor[i];
      long note = notes[i];
      int at = i;
      while (at > from && isBefore(a, b, at - 1)) {
        major[at] = major[at - 1];
        minor[at] = minor[at - 1];
        notes[at] = notes[at - 1];
        at--;
      }
      major[at] = a;
      minor[at] = b;
      notes[at] = note;
    }
  }

  private boolean isBefore(long a, long b, int other) {
    int order = Long.compareUnsigned(a, major[other]);
    return order < 0 || (order == 0 && Long.compareUnsigned(b, minor[other]) < 0);
  }
}
