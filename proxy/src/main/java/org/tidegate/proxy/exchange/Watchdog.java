package org.tidegate.proxy.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection's timer. Setting it later costs a field; the task behind it re-arms itself. */
public final class Watchdog {
  private final EventLoop loop;
  private final Runnable expired;
  private boolean set;
  private long deadlineNanos;
  private @Nullable ScheduledFuture<?> task;
  private long taskNanos;

  /** Makes a timer that is not set. */
  public Watchdog(EventLoop loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
  }

  /** Sets it, or sets it anew, to expire after a time. */
  public void set(long nanos) {
    set = true;
    deadlineNanos = System.nanoTime() + nanos;
    if (task == null || taskNanos - deadlineNanos > 0) {
      arm();
    }
  }

  public void clear() {
    set = false;
  }

  /** Ends the timer, so that nothing holds on to its connection. */
  public void stop() {
    set = false;
    cancel();
  }

  private void arm() {
    cancel();
    taskNanos = deadlineNanos;
    task = loop.schedule(this::run, taskNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void run() {
    task = null;
    if (!set) {
      return;
    }
    if (deadlineNanos - System.nanoTime() > 0) {
      arm();
    } else {
      set = false;
      expired.run();
    }
  }
}
