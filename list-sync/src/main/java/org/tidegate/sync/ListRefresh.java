package org.tidegate.sync;

import java.time.Duration;
import java.time.InstantSource;
import org.tidegate.sync.tuf.ReasonCode;

/**
 * Keeps one list current by itself, on a thread of its own: however long one list takes, no other
 * waits for it, and nothing that goes wrong ends it.
 */
public final class ListRefresh implements AutoCloseable {
  /** How often it looks whether time, or the operator by a pin, has changed how the list stands. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final ListUpdater updater;
  private final UpdateSchedule schedule;
  private final InstantSource clock;
  private final UpdateListener listener;
  private final Thread thread;
  private Freshness told = Freshness.NONE;
  private volatile boolean closed;

  private ListRefresh(
      ListUpdater updater, UpdateSchedule schedule, InstantSource clock, UpdateListener listener) {
    this.updater = updater;
    this.schedule = schedule;
    this.clock = clock;
    this.listener = listener;
    this.thread = new Thread(this::run, "list-" + updater.name());
    thread.setDaemon(true);
  }

  /** Begins: at once where there is no list yet, and else in a moment. */
  public static ListRefresh start(
      ListUpdater updater, UpdateSchedule schedule, InstantSource clock, UpdateListener listener) {
    ListRefresh refresh = new ListRefresh(updater, schedule, clock, listener);
    refresh.told = updater.status(clock.instant()).freshness();
    refresh.thread.start();
    return refresh;
  }

  private void run() {
    boolean hasList = updater.status(clock.instant()).edition().isPresent();
    pause(hasList ? schedule.first() : Duration.ZERO);
    while (!closed) {
      UpdateOutcome outcome = update();
      if (!closed) {
        ListStatus status = updater.status(clock.instant());
        told = status.freshness();
        listener.updated(outcome, status);
      }
      pause(schedule.after(outcome));
    }
  }

  // Whatever happens, the next update is due: a list that nobody refreshes any more is worse.
  private UpdateOutcome update() {
    try {
      return updater.update(clock.instant());
    } catch (RuntimeException | Error e) {
      return updater.failed(ReasonCode.INTERNAL, clock.instant());
    }
  }

  /** Time is measured by the machine's monotonic clock, which nobody sets. */
  private void pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      try {
        Thread.sleep(Math.max(1, Math.min(left / 1_000_000, TICK.toMillis())));
      } catch (InterruptedException e) {
        return; // closed
      }
      watch();
      if (updater.isPinChanged()) {
        return;
      }
    }
  }

  private void watch() {
    ListStatus status = updater.status(clock.instant());
    if (!closed && status.freshness() != told) {
      told = status.freshness();
      listener.aged(status);
    }
  }

  /** Once it returns, no edition is installed by this or becomes the stored one. */
  @Override
  public void close() {
    closed = true;
    updater.stop();
    thread.interrupt();
  }
}
