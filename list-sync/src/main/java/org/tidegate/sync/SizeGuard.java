package org.tidegate.sync;

import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/** Holds back an edition whose size is more likely a publisher's mistake than news. */
final class SizeGuard {
  /** Below this many entries a list may do as it likes. */
  private static final int FROM = 1000;

  private static final int FACTOR = 2;

  private SizeGuard() {}

  /**
   * Compares it with the edition before.
   *
   * @param before its entries; zero for none
   */
  static void check(int before, int after) throws RefusedException {
    if (after == 0) {
      throw new RefusedException(ReasonCode.EMPTY);
    }
    if (before < FROM) {
      return;
    }
    if (after > (long) FACTOR * before) {
      throw new RefusedException(ReasonCode.GROWN);
    }
    if (before > (long) FACTOR * after) {
      throw new RefusedException(ReasonCode.SHRUNK);
    }
  }
}
