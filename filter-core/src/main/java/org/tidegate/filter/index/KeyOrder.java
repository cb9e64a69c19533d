package org.tidegate.filter.index;

/** Sorts pairs of unsigned 64-bit keys by index: radix sort, lowest digit first, stable. */
final class KeyOrder {
  private static final int SMALL = 1 << 14;

  private KeyOrder() {}

  /** The first {@code size} indexes in ascending order of major key, then minor key. */
  static int[] of(long[] major, long[] minor, int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    int bits = size < SMALL ? 8 : 16;
    int[] other = new int[size];
    for (long[] keys : new long[][] {minor, major}) {
      for (int shift = 0; shift < Long.SIZE; shift += bits) {
        pass(keys, shift, (1 << bits) - 1, order, other);
        int[] sorted = other;
        other = order;
        order = sorted;
      }
    }
    return order;
  }

  private static void pass(long[] keys, int shift, int mask, int[] from, int[] to) {
    int[] places = new int[mask + 2];
    for (int i : from) {
      places[((int) (keys[i] >>> shift) & mask) + 1]++;
    }
    for (int digit = 1; digit <= mask; digit++) {
      places[digit] += places[digit - 1];
    }
    for (int i : from) {
      to[places[(int) (keys[i] >>> shift) & mask]++] = i;
    }
  }
}
