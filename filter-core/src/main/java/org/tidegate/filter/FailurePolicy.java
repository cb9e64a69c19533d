package org.tidegate.filter;

/** What becomes of a request that cannot be judged: no usable list, or a matcher that failed. */
public enum FailurePolicy {
  /** Fail closed, the default: the request is refused. */
  REFUSE,
  /** Fail open: the request is passed on unjudged, and counted. */
  PASS
}
