package org.tidegate.filter.index;

import java.util.ArrayList;
import java.util.List;

/** Numbers in the order in which they came. It grows without copying; for one thread. */
final class LongLog {
  /** With its header an array of 1 MiB, which a garbage collector leaves where it is. */
  private static final int CHUNK = (1 << 17) - 2;

  private final List<long[]> chunks = new ArrayList<>();
  private long[] last = new long[0];
  private int used;

  void add(long value) {
    if (used == last.length) {
      last = new long[CHUNK];
      chunks.add(last);
      used = 0;
    }
    last[used++] = value;
  }

  long size() {
    return (long) CHUNK * chunks.size() - (last.length - used);
  }

  long get(long index) {
    return chunks.get((int) (index / CHUNK))[(int) (index % CHUNK)];
  }

  void set(long index, long value) {
    chunks.get((int) (index / CHUNK))[(int) (index % CHUNK)] = value;
  }
}
