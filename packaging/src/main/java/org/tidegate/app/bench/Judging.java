package org.tidegate.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long a design takes for a verdict: passes to warm up, then the fastest of several.
 *
 * @param blocked which part of the requests: since it is told, the compiler cannot leave out work
 */
record Judging(double nanos, double allocatedBytes, double blocked) {
  private static final int PASSES = 10;

  /** The JVM compiles itself on the other processor meanwhile. */
  private static final long WARM_NANOS = 1_000_000_000L;

  private static final long ENOUGH_NANOS = 1_500_000_000L;

  static Judging of(EngineDesign design, Traffic traffic) {
    return byTurns(List.of(design), traffic).get(0);
  }

  /** Several designs, pass after pass by turns: what else the machine does then meets them all. */
  static List<Judging> byTurns(List<? extends EngineDesign> designs, Traffic traffic) {
    for (EngineDesign design : designs) {
      for (long start = CpuClock.nanos(); CpuClock.nanos() - start < WARM_NANOS; ) {
        pass(design, traffic);
      }
    }
    List<Judging> fastest = new ArrayList<>(designs.stream().map(d -> once(d, traffic)).toList());
    long start = CpuClock.nanos();
    for (int i = 1; i < PASSES && (i < 2 || CpuClock.nanos() - start < ENOUGH_NANOS); i++) {
      for (int design = 0; design < designs.size(); design++) {
        fastest.set(design, fastest.get(design).or(once(designs.get(design), traffic)));
      }
    }
    return fastest;
  }

  private static Judging once(EngineDesign design, Traffic traffic) {
    double requests = traffic.requests();
    long allocated = CpuClock.allocatedBytes();
    long start = CpuClock.nanos();
    int blocked = pass(design, traffic);
    long took = CpuClock.nanos() - start;
    return new Judging(
        took / requests, (CpuClock.allocatedBytes() - allocated) / requests, blocked / requests);
  }

  private Judging or(Judging other) {
    return new Judging(
        Math.min(nanos, other.nanos), Math.min(allocatedBytes, other.allocatedBytes), blocked);
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
