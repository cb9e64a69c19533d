package org.tidegate.filter;

import org.tidegate.filter.list.Scope;

/** What the filter says of a URL or host. An invalid URL gets none: it is refused when parsed. */
public sealed interface Verdict {

  /** No enforced list covers it, or an allow-list does. */
  record Allowed() implements Verdict {
    static final Allowed ALLOWED = new Allowed();
  }

  /**
   * An enforced list covers it.
   *
   * @param entry the entry's number, from 1, in the compiled list of that serial
   */
  record Blocked(String list, long serial, int entry, Scope scope) implements Verdict {}

  /** It could not be judged. */
  record Undecided(Reason reason) implements Verdict {
    static final Undecided NO_LIST = new Undecided(Reason.NO_LIST);
    static final Undecided MATCHER_FAILED = new Undecided(Reason.MATCHER_FAILED);
  }

  /** Why a verdict is {@link Undecided}. */
  enum Reason {
    NO_LIST,
    MATCHER_FAILED
  }
}
