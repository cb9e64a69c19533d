package org.tidegate.sync;

import java.util.Locale;

/** How a list stands on the ladder of staleness; it is enforced on every rung but the last. */
public enum Freshness {
  /** The last update was good. */
  FRESH,
  /** Updates have failed since. */
  LATE,
  /** What the publisher signed last is beyond its expiry. */
  EXPIRED,
  /** No list was ever good. */
  NONE;

  /** The word in status and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
