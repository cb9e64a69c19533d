package org.tidegate.proxy.exchange;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One connection's timer. Setting it again costs a field; the task behind it re-arms itself. */
final class Watchdog {
  private final EventLoop loop;
  private final Runnable expired;
  private long deadlineNanos = Long.MAX_VALUE;
  private long taskNanos = Long.MAX_VALUE;

  Watchdog(EventLoop loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  void set(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
    if (taskNanos - deadlineNanos > 0) {
      arm();
    }
  }

  void clear() {
    deadlineNanos = Long.MAX_VALUE;
  }

  private void arm() {
    taskNanos = deadlineNanos;
    long due = taskNanos;
    loop.schedule(() -> run(due), due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void run(long due) {
    if (due != taskNanos) {
      return; // a task set for an earlier time took over
    }
    taskNanos = Long.MAX_VALUE;
    if (deadlineNanos == Long.MAX_VALUE) {
      return;
    }
    if (deadlineNanos - System.nanoTime() > 0) {
      arm();
    } else {
      deadlineNanos = Long.MAX_VALUE;
      expired.run();
    }
  }
}
