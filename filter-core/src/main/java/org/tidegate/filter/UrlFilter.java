package org.tidegate.filter;

import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/** Judges URLs and hosts by the installed lists. Safe for use by many threads. */
public final class UrlFilter {

  /** Judges a whole URL: every scope counts. Never throws. */
  public Verdict check(CanonicalUrl url) {
    return check(url.host());
  }

  /**
   * Judges a host alone (CONNECT, TLS server name): domain and host entries count. Never throws.
   */
  public Verdict check(CanonicalHost host) {
    return new Verdict.Undecided(Verdict.Reason.NO_LIST);
  }
}
