package org.tidegate.filter.index;

/**
 * A Bloom filter that costs one memory access. A candidate is looked up in the tables: a Bloom
 * answer alone never blocks.
 *
 * <p>Word-blocked (Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters",
 * 2007): all k = 4 bits of a key lie in one 64-bit word, so a question costs one memory access. At
 * 12 bits a key a word holds on average 5.3 keys, and 1.2 % of the keys that are not in it come out
 * as candidates, against 0.5 % for the textbook filter of that size, which costs four accesses.
 *
 * <p>A filter beyond the second-level cache costs more than its false positives save. So one that
 * 12 bits a key would make larger than {@link #FAST_WORDS} stays that large, down to 8 bits a key
 * (3.3 % candidates); beyond that the number of keys decides.
 */
final class BlockedFilter {
  /** Just below 4 MB. */
  static final int FAST_WORDS = 4_000_000 / 8 - 1;

  private static final long MOST_BITS = 12;
  private static final long LEAST_BITS = 8;

  private final byte[] bytes;
  private final int offset;
  private final int words;

  BlockedFilter(byte[] bytes, int offset, int words) {
    this.bytes = bytes;
    this.offset = offset;
    this.words = words;
  }

  /** How many words a filter of that many keys has. */
  static int words(int keys) {
    long most = Capacity.of(Math.max(1, words(keys, MOST_BITS)));
    long least = Math.max(FAST_WORDS, Capacity.of(words(keys, LEAST_BITS)));
    return (int) Math.min(most, least);
  }

  private static long words(int keys, long bits) {
    return (keys * bits + 63) / 64;
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
