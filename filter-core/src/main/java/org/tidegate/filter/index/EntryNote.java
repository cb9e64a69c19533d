package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;

/** What is known of an entry beside its keys, in one number: scope, line, and broader entries. */
final class EntryNote {
  /** As many places as there can be in the log of broader entries. */
  static final long MOST_PLACES = 1L << 30;

  private static final int PLACE_AT = 3;
  private static final int LINE_AT = 33;

  private EntryNote() {}

  /**
   * Makes one.
   *
   * @param place in the log of broader entries, or 0
   */
  static long of(Scope scope, int line, long place) {
    return (long) line << LINE_AT | place << PLACE_AT | ScopeCode.tag(scope);
  }

  static Scope scope(long note) {
    return ScopeCode.ofTag((int) note & 7);
  }

  static int line(long note) {
    return (int) (note >>> LINE_AT);
  }

  static long place(long note) {
    return note >>> PLACE_AT & MOST_PLACES - 1;
  }
}
