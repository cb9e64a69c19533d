package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;

/**
 * The memory that bytes in flight take, of this process, against its cap ({@code
 * -XX:MaxDirectMemorySize}). Before the cap is met less is read at a time, then no new request is
 * served, then reading waits: what is under way ends whole. Safe for use by many threads.
 */
public final class ByteMemory {
  /** How long a read waits for memory. */
  static final int WAIT_MILLIS = 20;

  private static final long CAP = PlatformDependent.maxDirectMemory();
  private static final ByteBufAllocatorMetric METRIC =
      ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();

  private ByteMemory() {}

  /** Whether reads should be small. */
  static boolean isScarce() {
    return used() > CAP / 2;
  }

  /** Whether nothing new should begin. */
  public static boolean isShort() {
    return used() > CAP / 10 * 7;
  }

  /** Whether reading should wait until something was sent. */
  static boolean isFull() {
    return used() > CAP / 10 * 9;
  }

  private static long used() {
    return METRIC.usedDirectMemory();
  }
}
