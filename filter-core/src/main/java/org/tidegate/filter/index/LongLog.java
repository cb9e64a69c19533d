package org.tidegate.filter.index;

import java.util.Arrays;

/** Numbers in the order in which they came. It grows without copying them; for one thread. */
final class LongLog {
  /** With its header an array of 1 MiB, which a garbage collector leaves where it is. */
  private static final int CHUNK = (1 << 17) - 2;

  private long[][] chunks = new long[8][];
  private int count;
  private long[] last = new long[0];
  private int used;

  void add(long value) {
    if (used == last.length) {
      last = new long[CHUNK];
      if (count == chunks.length) {
        chunks = Arrays.copyOf(chunks, 2 * count);
      }
      chunks[count++] = last;
      used = 0;
    }
    last[used++] = value;
  }

  long size() {
    return (long) CHUNK * count - (last.length - used);
  }

  long get(long index) {
    return chunks[(int) (index / CHUNK)][(int) (index % CHUNK)];
  }

  void set(long index, long value) {
    chunks[(int) (index / CHUNK)][(int) (index % CHUNK)] = value;
  }
}
