package org.tidegate.filter.index;

/** Searching runs of 64-bit keys that lie in unsigned order; hot path. */
final class SortedKeys {
  private SortedKeys() {}

  /** The key's place from 0, or a negative number. */
  static int find(byte[] bytes, int offset, int count, long key) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(LittleEndian.getLong(bytes, offset + 8 * middle), key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
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
