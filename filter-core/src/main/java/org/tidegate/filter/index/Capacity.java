package org.tidegate.filter.index;

/**
 * Sizes of tables in coarse steps, a sixteenth to a thirty-second of the size. A table's size says
 * where everything in it lies, so two editions of a list have most bytes in common only while it
 * stays the same.
 */
final class Capacity {
  private static final int STEPS_BITS = 5;

  private Capacity() {}

  /** That number, or the next step above it. */
  static long of(long wanted) {
    long step = Math.max(1, Long.highestOneBit(wanted) >> (STEPS_BITS - 1));
    return (wanted + step - 1) / step * step;
  }
}
