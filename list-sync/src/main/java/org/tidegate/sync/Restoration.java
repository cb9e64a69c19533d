package org.tidegate.sync;

import java.util.Optional;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * The edition of the store that is to be enforced, verified again.
 *
 * @param trouble with what should have been enforced instead; {@code pinned} where it should not
 */
record Restoration(VerifiedEdition found, Optional<ReasonCode> trouble) {

  /**
   * Finds it.
   *
   * @return empty where there never was an edition
   * @throws RefusedException where none of those that are there can be used
   */
  static Optional<Restoration> find(StoredList store, ListSource source, PinState pin)
      throws RefusedException {
    Candidates candidates = Candidates.of(store, pin, source.name());
    Optional<ReasonCode> trouble = candidates.trouble();
    for (StoredEdition candidate : candidates.editions()) {
      try {
        return Optional.of(new Restoration(verify(store, candidate, source), trouble));
      } catch (RefusedException e) {
        boolean isFirst = trouble.isEmpty() || trouble.get() == ReasonCode.PINNED;
        trouble = isFirst ? Optional.of(e.reason()) : trouble;
      }
    }
    if (trouble.isEmpty()) {
      return Optional.empty();
    }
    throw new RefusedException(trouble.get());
  }

  private static VerifiedEdition verify(
      StoredList store, StoredEdition candidate, ListSource source) throws RefusedException {
    VerifiedEdition found =
        VerifiedEdition.of(store, candidate, source.trustedRoot(), source.name());
    ListVerifier.checkCanary(found.list(), found.manifest().key(source.keys()));
    return found;
  }
}
