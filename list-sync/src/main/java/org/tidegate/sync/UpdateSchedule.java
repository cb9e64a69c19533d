package org.tidegate.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to update next: regularly while all is good, sooner and then ever later after failures, and
 * never at the same moment as all the others. For one list; not thread-safe.
 */
public final class UpdateSchedule {
  /** By how much a wait may be shorter or longer. */
  private static final double JITTER = 0.1;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

  /** Within this after a start, so that gateways that start together do not all ask together. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Duration interval;
  private final RandomGenerator random;
  private int failures;

  /**
   * @param interval between updates that are good
   */
  public UpdateSchedule(Duration interval, RandomGenerator random) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval " + interval + " (expected: positive)");
    }
    this.interval = interval;
    this.random = random;
  }

  /** How long to wait before the first update, where there is a list already. */
  public Duration first() {
    Duration most = interval.compareTo(FIRST) < 0 ? interval : FIRST;
    return Duration.ofNanos((long) (most.toNanos() * random.nextDouble()));
  }

  /** How long to wait after that outcome. */
  public Duration after(UpdateOutcome outcome) {
    failures = outcome.isGood() ? 0 : failures + 1;
    return jittered(failures == 0 ? interval : backOff());
  }

  private Duration backOff() {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(interval) < 0 ? wait : interval;
  }

  private Duration jittered(Duration wait) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (wait.toNanos() * factor));
  }
}
