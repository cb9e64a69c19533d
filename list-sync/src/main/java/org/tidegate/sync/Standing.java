package org.tidegate.sync;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.ReasonCode;

/** How a list stands, kept in memory: a disk that fails must not make it look well. */
final class Standing {
  private final String name;
  private volatile ListStatus.@Nullable Edition edition;
  private volatile @Nullable StoredOutcome outcome;

  Standing(String name) {
    this.name = name;
  }

  /** That edition is enforced. */
  void holds(ListStatus.Edition enforced) {
    edition = enforced;
  }

  /** An update has ended; so far as the disk remembers it. */
  void ended(StoredOutcome stored) {
    outcome = stored;
  }

  /** What is stored cannot be used. */
  void notRestored(ReasonCode reason, Lateness lateness) {
    outcome = StoredOutcome.trouble(reason, outcome(), Instant.EPOCH, lateness);
  }

  /** An update has ended. */
  void ended(UpdateOutcome by, Instant now, Lateness lateness) {
    StoredOutcome last = outcome;
    Optional<Instant> before = last == null ? Optional.empty() : last.good();
    Optional<Instant> good = by.isGood() ? Optional.of(now) : before;
    outcome = new StoredOutcome(by.word(), by.reasonCode(), now, good, lateness);
  }

  Optional<StoredOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  ListStatus status(Instant now) {
    return ListStatus.of(name, Optional.ofNullable(edition), outcome(), now);
  }
}
