package org.tidegate.filter.index;

import java.util.Arrays;

/** Numbers in the order in which they came. It grows nearly without copying; for one thread. */
final class LongLog {
  private static final int LEAST = 1 << 10;

  /**
   * With its header an array of 16 MiB, which a garbage collector leaves where it is, also in a
   * small heap: so what was logged is not copied again. The first array alone is, while it grows.
   */
  private static final int CHUNK = (1 << 21) - 2;

  private long[][] chunks = new long[8][];
  private int count;
  private long[] last = new long[0];
  private int used;

  void add(long value) {
    if (used == last.length) {
      grow();
    }
    last[used++] = value;
  }

  private void grow() {
    if (count <= 1 && used < CHUNK) {
      last = Arrays.copyOf(last, Math.min(CHUNK, Math.max(LEAST, 2 * used)));
      count = 1;
    } else {
      last = new long[CHUNK];
      used = 0;
      if (count == chunks.length) {
        chunks = Arrays.copyOf(chunks, 2 * count);
      }
      count++;
    }
    chunks[count - 1] = last;
  }

  long size() {
    return count == 0 ? 0 : (count - 1L) * CHUNK + used;
  }

  long get(long index) {
    return chunks[(int) (index / CHUNK)][(int) (index % CHUNK)];
  }

  void set(long index, long value) {
    chunks[(int) (index / CHUNK)][(int) (index % CHUNK)] = value;
  }
}
