package org.tidegate.proxy;

/**
 * What some doors cannot do by their nature: the exceptions to "one suite, played through all".
 * Each is said in the documents: of LittleProxy in docs/littleproxy.md.
 */
enum Lack {
  /** Passing on through a tunnel that one side has ended, while the other goes on. */
  HALF_CLOSED_TUNNEL,
  /** Telling an address that the rules refuse from one that cannot be reached. */
  REASON_OF_A_FAILED_DIAL
}
