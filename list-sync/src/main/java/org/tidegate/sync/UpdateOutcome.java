package org.tidegate.sync;

import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Trouble;

/** What came of one update. Whatever it is, the last good list is enforced. */
public sealed interface UpdateOutcome {
  /** The word for what is refused. */
  String REFUSED = "refused";

  /** The newest edition was here already. */
  record Current(long serial) implements UpdateOutcome {}

  /** A newer edition was verified, stored and installed. */
  record Updated(long serial) implements UpdateOutcome {}

  /** What the repository offers, or the store holds, is not to be trusted. */
  record Refused(ReasonCode reason) implements UpdateOutcome {}

  /** The repository is out of reach. */
  record Unreachable(Trouble trouble) implements UpdateOutcome {}

  /** Whether the newest edition is enforced now. */
  default boolean isGood() {
    return this instanceof Current || this instanceof Updated;
  }

  /** Whether it would be the same whoever were asked. */
  default boolean isLocal() {
    return this instanceof Refused refused && refused.reason().isLocal();
  }

  /** The word in status and metrics. */
  default String word() {
    if (this instanceof Current) {
      return "current";
    }
    if (this instanceof Updated) {
      return "updated";
    }
    return this instanceof Refused ? REFUSED : "unreachable";
  }

  /** Why not, as a stable code; empty where all is good. */
  default String reasonCode() {
    if (this instanceof Refused refused) {
      return refused.reason().code();
    }
    return this instanceof Unreachable unreachable ? unreachable.trouble().code() : "";
  }
}
