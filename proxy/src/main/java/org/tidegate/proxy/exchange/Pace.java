package org.tidegate.proxy.exchange;

import java.util.concurrent.TimeUnit;

/** How much time one exchange has left. Used by one thread. */
final class Pace {
  private final long stallNanos;
  private final int bytesPerSecond;
  private final long endNanos;
  private boolean awaitsClient;
  private long sinceNanos;
  private long awaitedNanos;

  Pace(Limits limits) {
    stallNanos = limits.stall().toNanos();
    bytesPerSecond = limits.uploadBytesPerSecond();
    endNanos = System.nanoTime() + limits.exchange().toNanos();
  }

  /** The time until the exchange must be over, but no more than this. */
  long within(long nanos) {
    return Math.max(0, Math.min(nanos, endNanos - System.nanoTime()));
  }

  /**
   * The time for the next bytes of a body. Only the time that the client is waited for counts
   * against its speed.
   *
   * @param sent bytes of the request's body so far
   * @param awaits whether more of them are awaited from now on
   */
  long next(long sent, boolean awaits) {
    long now = System.nanoTime();
    if (awaitsClient) {
      awaitedNanos += now - sinceNanos;
    }
    awaitsClient = awaits;
    sinceNanos = now;
    long left = stallNanos;
    if (awaits && bytesPerSecond > 0) {
      long earned = TimeUnit.SECONDS.toNanos(sent / bytesPerSecond);
      left = Math.min(left, stallNanos + earned - awaitedNanos);
    }
    return within(left);
  }
}
