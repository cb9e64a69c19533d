package org.tidegate.filter.list;

/** What a list entry covers. Entries never widen: nothing blocks more than its entry's scope. */
public enum Scope {
  /** A domain and all its sub-domains: every port, every path. */
  DOMAIN,
  /** One host: every port, every path. */
  HOST,
  /** Every URL below a path that ends with a slash, on one host and port. */
  PREFIX,
  /** One page with any query, on one host and port. */
  PAGE,
  /** One page with exactly one query, on one host and port. */
  EXACT
}
