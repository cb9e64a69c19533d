package org.tidegate.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a list stands, as it was last found.
 *
 * @param cause why it is not fresh: the reason of the last update, or what time alone did: {@code
 *     expired}, {@code clock} (which is behind), {@code no-edition}, {@code none}; empty where it
 *     is
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
    String cause,
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
            "",
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
    return with(then, cause(then, now), pin);
  }

  ListStatus pinned(Optional<Pin> by) {
    return with(freshness, cause, by);
  }

  private ListStatus with(Freshness stands, String why, Optional<Pin> by) {
    return new ListStatus(
        name, stands, why, edition, outcome, reason, attempted, succeeded, lateness, by);
  }

  private Freshness freshness(Edition newest, Instant now) {
    if (!newest.expires().isAfter(now)) {
      return Freshness.EXPIRED;
    }
    boolean missed =
        lateness.editions().map(age -> newest.created().plus(age).isBefore(now)).orElse(false);
    return missed || isBehind(newest, now) || isLate(now) ? Freshness.LATE : Freshness.FRESH;
  }

  /** Behind the time at which it was verified, a clock says nothing about age. */
  private static boolean isBehind(Edition newest, Instant now) {
    return newest.verified().minus(CLOCKS_DIFFER).isAfter(now);
  }

  private String cause(Freshness stands, Instant now) {
    if (stands == Freshness.FRESH || !reason.isEmpty()) {
      return stands == Freshness.FRESH ? "" : reason;
    }
    if (stands != Freshness.LATE) {
      return stands.word();
    }
    return edition.map(e -> isBehind(e, now)).orElse(false) ? "clock" : "no-edition";
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
