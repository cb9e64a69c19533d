package org.tidegate.sync;

import java.util.Optional;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * Holds back an edition whose size is more likely a publisher's mistake than news, unless its
 * publisher has signed that it is meant.
 */
public final class SizeGuard {
  /** Below this many entries a list may do as it likes. */
  private static final int FROM = 1000;

  private static final int FACTOR = 2;

  private SizeGuard() {}

  /** Whether a list has, from 1,000 entries on, less than half of them left. */
  public static boolean isShrunk(int before, int after) {
    return before >= FROM && before > (long) FACTOR * after;
  }

  /**
   * Compares it with the edition before, if there is one. A change between the two may have been
   * confirmed with an edition that this gateway missed; an empty list only with this very one.
   */
  static void check(Optional<Manifest> last, Manifest offered) throws RefusedException {
    if (offered.entries() == 0 && !offered.confirmsChangeSince(offered.serial() - 1)) {
      throw new RefusedException(ReasonCode.EMPTY);
    }
    int before = last.map(Manifest::entries).orElse(0);
    if (before < FROM || offered.confirmsChangeSince(last.map(Manifest::serial).orElse(0L))) {
      return;
    }
    if (offered.entries() > (long) FACTOR * before) {
      throw new RefusedException(ReasonCode.GROWN);
    }
    if (isShrunk(before, offered.entries())) {
      throw new RefusedException(ReasonCode.SHRUNK);
    }
  }
}
