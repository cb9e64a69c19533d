package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/** What this process holds once its rubbish was collected, in bytes. */
record Memory(long heap, long direct) {
  private static final long MIB = 1 << 20;

  static Memory now() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
    return new Memory(heap, direct);
  }

  void assertNoDriftSince(Memory before) {
    assertThat(heap).isLessThan(before.heap + 32 * MIB);
    assertThat(direct).isLessThan(2 * before.direct + 64 * MIB);
  }

  @Override
  public String toString() {
    return "heap " + heap / MIB + " MiB, direct " + direct / MIB + " MiB";
  }
}
