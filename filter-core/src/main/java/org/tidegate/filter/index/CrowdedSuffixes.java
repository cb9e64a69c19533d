package org.tidegate.filter.index;

import org.tidegate.filter.index.ListFormatException.Reason;

/**
 * The suffixes under which very many listed hosts hang (co.uk, a hosting company): none of them
 * serves as a root, since nearly everything below would be a candidate. Sorted keys.
 */
final class CrowdedSuffixes {
  /** More listed hosts than this below a suffix make it crowded. */
  static final int LIMIT = 300;

  private final byte[] bytes;
  private final int offset;
  private final int count;

  CrowdedSuffixes(byte[] bytes, int offset, int count) {
    this.bytes = bytes;
    this.offset = offset;
    this.count = count;
  }

  boolean contains(long key) {
    return SortedKeys.find(bytes, offset, count, key) >= 0;
  }

  void verify() throws ListFormatException {
    if (!SortedKeys.areSorted(bytes, offset, count)) {
      throw new ListFormatException(Reason.STRUCTURE);
    }
  }
}
