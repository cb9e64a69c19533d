package org.tidegate.filter.index;

/**
 * Searching runs of 64-bit keys that lie in unsigned order; hot path. Keys are hashes, so a key's
 * value tells nearly where it lies among many: the search begins there and widens. Keys that are no
 * hashes make it slower, not wrong.
 */
final class SortedKeys {
  private static final int FEW = 8;

  private SortedKeys() {}

  /** The key's place from 0, or a negative number. */
  static int find(byte[] bytes, int offset, int count, long key) {
    int guess = (int) (((key >>> 32) * count) >>> 32);
    int reach = FEW / 2;
    int low = Math.max(0, guess - reach);
    while (low > 0 && isAbove(bytes, offset, low, key)) {
      reach = 4 * reach;
      low = Math.max(0, guess - reach);
    }
    int high = Math.min(count, guess + reach);
    while (high < count && !isAbove(bytes, offset, high, key)) {
      reach = 4 * reach;
      high = Math.min(count, guess + reach);
    }
    while (high - low > FEW) {
      int middle = (low + high) >>> 1;
      if (isAbove(bytes, offset, middle, key)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    for (int i = low; i < high; i++) {
      if (LittleEndian.getLong(bytes, offset + 8 * i) == key) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAbove(byte[] bytes, int offset, int index, long key) {
    return Long.compareUnsigned(LittleEndian.getLong(bytes, offset + 8 * index), key) > 0;
  }

  /** Whether they ascend, each key once. */
  static boolean areSorted(byte[] bytes, int offset, int count) {
    for (int i = 1; i < count; i++) {
      long before = LittleEndian.getLong(bytes, offset + 8 * (i - 1));
      if (Long.compareUnsigned(before, LittleEndian.getLong(bytes, offset + 8 * i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
