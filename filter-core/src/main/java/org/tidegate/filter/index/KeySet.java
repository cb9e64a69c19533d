package org.tidegate.filter.index;

/** A set of keys that are hashes: open addressing, at most two thirds full. For one thread. */
final class KeySet {
  private long[] keys = new long[1 << 10];
  private int size;
  private boolean hasZero;

  /**
   * Whether each of some keys is there. Their homes are all fetched before any is looked at, so
   * that the processor waits for memory once for many: nothing that it learns of one decides what
   * it fetches next.
   */
  void contains(long[] asked, int count, boolean[] answers) {
    int mask = keys.length - 1;
    long[] homes = new long[count];
    for (int i = 0; i < count; i++) {
      homes[i] = keys[(int) asked[i] & mask];
    }
    for (int i = 0; i < count; i++) {
      answers[i] = (homes[i] != 0 || asked[i] == 0) && contains(asked[i]);
    }
  }

  boolean contains(long key) {
    if (key == 0) {
      return hasZero;
    }
    return keys[place(key)] == key;
  }

  /** Answers whether it is new. */
  boolean add(long key) {
    if (key == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int place = place(key);
    if (keys[place] == key) {
      return false;
    }
    keys[place] = key;
    size++;
    if (3L * size > 2L * keys.length) {
      grow();
    }
    return true;
  }

  boolean isEmpty() {
    return size == 0 && !hasZero;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int at = (int) key & mask;
    while (keys[at] != 0 && keys[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] before = keys;
    keys = new long[2 * before.length];
    for (long key : before) {
      if (key != 0) {
        keys[place(key)] = key;
      }
    }
  }
}
