package org.tidegate.filter.index;

import org.tidegate.filter.index.ListFormatException.Reason;

/**
 * The rule keys of all entries, host by host and in ascending order for each. A host with many
 * rules is asked through a filter first: there its slot's own is full. Hot path.
 */
final class RuleTable {
  /** Hosts with more rules than this have them in the filter, too. */
  static final int FEW = 12;

  private final byte[] bytes;
  private final int offset;
  private final int size;
  private final BlockedFilter many;

  /**
   * @param size how many rules there are
   * @param many the rules of hosts that have many
   */
  RuleTable(byte[] bytes, int offset, int size, BlockedFilter many) {
    this.bytes = bytes;
    this.offset = offset;
    this.size = size;
    this.many = many;
  }

  int size() {
    return size;
  }

  /** The number, from 1, of the entry with that key among a host's rules, or 0. */
  int find(int first, int count, long key) {
    if (count > FEW && !many.mightContain(key)) {
      return 0;
    }
    int found = SortedKeys.find(bytes, offset + 8 * first, count, key);
    return found < 0 ? 0 : first + found + 1;
  }

  /** Checks a host's rules; answers what their bits are in its slot's filter. */
  long verify(int first, int count) throws ListFormatException {
    ListHeader.require(SortedKeys.areSorted(bytes, offset + 8 * first, count), Reason.STRUCTURE);
    long filter = 0;
    for (int i = first; i < first + count; i++) {
      long key = LittleEndian.getLong(bytes, offset + 8 * i);
      ListHeader.require(count <= FEW || many.mightContain(key), Reason.STRUCTURE);
      filter |= HostTable.filter(key);
    }
    return filter;
  }
}
