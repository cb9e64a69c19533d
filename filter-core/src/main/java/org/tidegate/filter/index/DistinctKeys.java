package org.tidegate.filter.index;

/**
 * About how many different keys come, of keys that are hashes: linear counting (Whang,
 * Vander-Zanden and Taylor, 1990), with a bit a key, is off by a few per cent of a thousand keys,
 * and by less of more. For one thread.
 */
final class DistinctKeys {
  private final long[] bits;
  private final int most;
  private int set;

  /**
   * @param most how many keys come, repeated ones counted each time
   */
  DistinctKeys(int most) {
    this.most = most;
    this.bits = new long[most / Long.SIZE + 1];
  }

  void add(long key) {
    int bit = (int) (((key >>> 32) * ((long) bits.length * Long.SIZE)) >>> 32);
    long mask = 1L << bit;
    if ((bits[bit / Long.SIZE] & mask) == 0) {
      bits[bit / Long.SIZE] |= mask;
      set++;
    }
  }

  /** At least one, and no more than came. */
  int count() {
    double all = (double) bits.length * Long.SIZE;
    double free = Math.max(1, all - set);
    return (int) Math.max(1, Math.min(most, Math.round(all * Math.log(all / free))));
  }
}
