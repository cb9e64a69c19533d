package org.tidegate.sync;

import java.time.Duration;
import java.util.Optional;

/**
 * From when on a list is late.
 *
 * @param updates how long the repository may be out of reach; zero for not at all
 * @param editions how old the newest edition may be
 */
public record Lateness(Duration updates, Optional<Duration> editions) {
  /** Late by the first update that fails; however old the editions are. */
  public static final Lateness AT_ONCE = new Lateness(Duration.ZERO, Optional.empty());

  public Lateness {
    if (updates.isNegative()) {
      throw new IllegalArgumentException("lateness " + updates + " (expected: zero or more)");
    }
  }
}
