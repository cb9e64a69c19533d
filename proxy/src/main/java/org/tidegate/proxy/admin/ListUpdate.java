package org.tidegate.proxy.admin;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a list is kept current.
 *
 * @param last when it was last found or made current; none if it never was
 */
public record ListUpdate(Freshness freshness, @Nullable Instant last) {
  /** How old the publisher's last word is. */
  public enum Freshness {
    FRESH,
    /** Updates were missed. */
    LATE,
    /** The publisher's word has run out. The last good list is still enforced. */
    EXPIRED,
    /** There was none yet. */
    NONE
  }

  public Optional<Instant> lastSuccess() {
    return Optional.ofNullable(last);
  }
}
