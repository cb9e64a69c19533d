package org.tidegate.proxy.splash;

/** What becomes of a request that cannot be judged: no usable list, or a matcher that failed. */
public enum FailurePolicy {
  /** Fail closed, the default: the request is answered with {@link PlainAnswer#NOT_READY}. */
  REFUSE,
  /** Fail open: the request is passed on unjudged, and counted. */
  PASS
}
