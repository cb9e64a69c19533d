package org.tidegate.app.bench;

import java.util.function.LongSupplier;

/**
 * How long a design takes for a verdict: one pass to warm up, then the fastest of several.
 *
 * @param blocked which part of the requests: since it is told, the compiler cannot leave out work
 */
record Judging(double nanos, double allocatedBytes, double blocked) {
  private static final int PASSES = 5;
  private static final long ENOUGH_NANOS = 1_500_000_000L;

  static Judging of(EngineDesign design, Traffic traffic) {
    pass(design, traffic);
    long fastest = Long.MAX_VALUE;
    long least = Long.MAX_VALUE;
    long spent = 0;
    int blocked = 0;
    for (int i = 0; i < PASSES && (i < 2 || spent < ENOUGH_NANOS); i++) {
      long allocated = CpuClock.allocatedBytes();
      long start = CpuClock.nanos();
      blocked = pass(design, traffic);
      long took = CpuClock.nanos() - start;
      least = Math.min(least, CpuClock.allocatedBytes() - allocated);
      fastest = Math.min(fastest, took);
      spent += took;
    }
    double requests = traffic.requests();
    return new Judging(fastest / requests, least / requests, blocked / requests);
  }

  /** One memory access that has to wait for the one before, in an array beyond every cache. */
  static double memoryAccessNanos() {
    int size = 1 << 25;
    int[] next = new int[size];
    for (int i = 0; i < size; i++) {
      // A full cycle: the multiplier is 1 modulo 4 and the increment odd (Hull and Dobell, 1962).
      next[i] = (int) ((i * 1_664_525L + 1_013_904_223L) & size - 1);
    }
    LongSupplier walk =
        () -> {
          int at = 0;
          long start = CpuClock.nanos();
          for (int i = 0; i < 1 << 21; i++) {
            at = next[at];
          }
          return CpuClock.nanos() - start + (at & 1);
        };
    long first = walk.getAsLong();
    return Math.min(first, walk.getAsLong()) / (double) (1 << 21);
  }

  private static int pass(EngineDesign design, Traffic traffic) {
    int blocked = 0;
    byte[] bytes = traffic.bytes();
    for (int i = 0; i < traffic.requests(); i++) {
      if (design.isBlocked(bytes, traffic.start(i), traffic.end(i))) {
        blocked++;
      }
    }
    return blocked;
  }
}
