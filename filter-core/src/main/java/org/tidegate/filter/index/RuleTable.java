package org.tidegate.filter.index;

/** The rule keys of all entries, host by host and in ascending order for each; hot path. */
final class RuleTable {
  private final byte[] bytes;
  private final int offset;

  RuleTable(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /** The number, from 1, of the entry with that key among a host's rules, or 0. */
  int find(int first, int count, long key) {
    int found = SortedKeys.find(bytes, offset + 8 * first, count, key);
    return found < 0 ? 0 : first + found + 1;
  }

  boolean isSorted(int first, int count) {
    return SortedKeys.areSorted(bytes, offset + 8 * first, count);
  }
}
