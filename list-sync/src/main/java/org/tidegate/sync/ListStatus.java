package org.tidegate.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a list stands, as it was last found.
 *
 * @param edition the last good list; empty where there is none
 * @param outcome of the last update; empty before the first
 * @param reason why it was not good; empty where it was
 * @param attempted when that was
 * @param succeeded when an update was last good
 * @param pin by which the operator keeps an edition, as far as the store was looked at for it
 */
public record ListStatus(
    String name,
    Freshness freshness,
    Optional<Edition> edition,
    String outcome,
    String reason,
    Optional<Instant> attempted,
    Optional<Instant> succeeded,
    Lateness lateness,
    Optional<Pin> pin) {
  /** A clock that is set right goes back by less. */
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  /**
   * The last good edition.
   *
   * @param verified when it was last found to be the newest
   * @param expires when the publisher's word for that runs out
   */
  public record Edition(
      long serial, int entries, String keyId, Instant created, Instant verified, Instant expires) {}

  static ListStatus of(
      String name, Optional<Edition> edition, Optional<StoredOutcome> outcome, Instant now) {
    ListStatus status =
        new ListStatus(
            name,
            Freshness.NONE,
            edition,
            outcome.map(StoredOutcome::word).orElse(""),
            outcome.map(StoredOutcome::reason).orElse(""),
            outcome.map(StoredOutcome::at),
            outcome.flatMap(StoredOutcome::good),
            outcome.map(StoredOutcome::lateness).orElse(Lateness.AT_ONCE),
            Optional.empty());
    return status.at(now);
  }

  /** The same at another time. */
  public ListStatus at(Instant now) {
    Freshness then = edition.map(e -> freshness(e, now)).orElse(Freshness.NONE);
    return new ListStatus(
        name, then, edition, outcome, reason, attempted, succeeded, lateness, pin);
  }

  ListStatus pinned(Optional<Pin> by) {
    return new ListStatus(
        name, freshness, edition, outcome, reason, attempted, succeeded, lateness, by);
  }

  private Freshness freshness(Edition newest, Instant now) {
    if (!newest.expires().isAfter(now)) {
      return Freshness.EXPIRED;
    }
    boolean missed =
        lateness.editions().map(age -> newest.created().plus(age).isBefore(now)).orElse(false);
    // Behind the time at which it was verified, a clock says nothing about age.
    boolean isBehind = newest.verified().minus(CLOCKS_DIFFER).isAfter(now);
    return missed || isBehind || isLate(now) ? Freshness.LATE : Freshness.FRESH;
  }

  /** What is refused is late at once: it is no mere trouble on the way. */
  private boolean isLate(Instant now) {
    if (outcome.equals(UpdateOutcome.REFUSED)) {
      return true;
    }
    boolean overdue =
        succeeded.map(good -> !good.plus(lateness.updates()).isAfter(now)).orElse(true);
    return !reason.isEmpty() && overdue;
  }
}
