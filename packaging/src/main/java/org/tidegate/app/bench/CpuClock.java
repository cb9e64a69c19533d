package org.tidegate.app.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The processor time and the allocations of the present thread. */
final class CpuClock {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
