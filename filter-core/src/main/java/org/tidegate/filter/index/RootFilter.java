package org.tidegate.filter.index;

/**
 * A Bloom filter over the roots of the listed hosts. A candidate is looked up in the host table: a
 * Bloom answer alone never blocks.
 *
 * <p>Word-blocked (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters",
 * 2007): all k = 4 bits of a key lie in one 64-bit word, so a question costs one memory access. At
 * 12 bits a key a word holds on average 5.3 keys, and 1.2 % of the keys that are not in it come out
 * as candidates, against 0.5 % for the textbook filter of that size, which costs four accesses.
 */
final class RootFilter {
  private static final long BITS_A_KEY = 12;

  private final byte[] bytes;
  private final int offset;
  private final int words;

  RootFilter(byte[] bytes, int offset, int words) {
    this.bytes = bytes;
    this.offset = offset;
    this.words = words;
  }

  static int words(int keys) {
    return (int) Math.max(1, (keys * BITS_A_KEY + 63) / 64);
  }

  void put(long key) {
    int at = wordAt(key);
    LittleEndian.putLong(bytes, at, LittleEndian.getLong(bytes, at) | mask(key));
  }

  boolean mightContain(long key) {
    long mask = mask(key);
    return (LittleEndian.getLong(bytes, wordAt(key)) & mask) == mask;
  }

  /** The word from the key's upper half, the bits in it from the lower: independent. */
  private int wordAt(long key) {
    return offset + 8 * (int) (((key >>> 32) * words) >>> 32);
  }

  private static long mask(long key) {
    return 1L << key | 1L << (key >>> 6) | 1L << (key >>> 12) | 1L << (key >>> 18);
  }
}
