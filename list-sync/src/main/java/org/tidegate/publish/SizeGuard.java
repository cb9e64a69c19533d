package org.tidegate.publish;

/** Holds back an edition that has suddenly grown or shrunk: more often a mistake than news. */
final class SizeGuard {
  /** Below this many entries a list may do as it likes. */
  private static final int FROM = 1000;

  private static final int FACTOR = 2;

  private SizeGuard() {}

  static void check(int before, int after) throws PublishException {
    boolean grown = after > (long) FACTOR * before;
    boolean shrunk = before > (long) FACTOR * after;
    if (before >= FROM && (grown || shrunk)) {
      throw new PublishException(
          "the list would go from "
              + before
              + " to "
              + after
              + " entries: held back (--any-size publishes it)");
    }
  }
}
