package org.tidegate.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * How a list in the store stands, as it is stored, not verified again.
 *
 * @param edition of the last good list; empty where there is none
 * @param outcome of the last update; empty before the first
 * @param reason why it was not good; empty where it was
 * @param attempted when that was
 * @param succeeded when an update was last good
 */
public record ListStatus(
    String name,
    Freshness freshness,
    Optional<Edition> edition,
    String outcome,
    String reason,
    Optional<Instant> attempted,
    Optional<Instant> succeeded) {

  /**
   * The last good edition.
   *
   * @param verified when it was last found to be the newest
   * @param expires when the publisher's word for that runs out
   */
  public record Edition(
      long serial, int entries, String keyId, Instant created, Instant verified, Instant expires) {}
}
