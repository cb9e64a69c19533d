package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.LongAdder;

/**
 * The memory that bytes in flight take, of this process, against its cap ({@code
 * -XX:MaxDirectMemorySize}), and the heads of requests, on the heap. Before the cap is met less is
 * read at a time, then no new request is served, then reading waits: what is under way ends whole.
 * Safe for use by many threads.
 */
public final class ByteMemory {
  /** How long a read waits for memory. */
  static final int WAIT_MILLIS = 20;

  private static final long CAP = PlatformDependent.maxDirectMemory();
  private static final ByteBufAllocatorMetric METRIC =
      ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();

  /** On the heap: the heads of requests that are under way. */
  private static final LongAdder HEADS = new LongAdder();

  /** What the heads of all requests may take. */
  public static final long MOST_HEADS = Runtime.getRuntime().maxMemory() / 8;

  private ByteMemory() {}

  /** So many bytes more, or less, are held by the heads of requests. */
  public static void holdHead(int bytes) {
    HEADS.add(bytes);
  }

  /** Whether reads should be small. */
  static boolean isScarce() {
    return used() > CAP / 2;
  }

  /** Whether nothing new should begin. */
  public static boolean isShort() {
    return used() > CAP / 10 * 7 || HEADS.sum() > MOST_HEADS;
  }

  /** Whether reading should wait until something was sent. */
  static boolean isFull() {
    return used() > CAP / 10 * 9;
  }

  private static long used() {
    return METRIC.usedDirectMemory();
  }
}
