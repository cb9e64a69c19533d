package org.tidegate.filter.index;

/** The entries of a list while it is compiled, as they came: keys, and a note on each. */
final class EntryTable {
  private final LongLog hosts = new LongLog();
  private final LongLog rules = new LongLog();
  private final LongLog notes = new LongLog();

  void add(long host, long rule, long note) {
    hosts.add(host);
    rules.add(rule);
    notes.add(note);
  }

  long size() {
    return hosts.size();
  }

  long host(long entry) {
    return hosts.get(entry);
  }

  long rule(long entry) {
    return rules.get(entry);
  }

  long note(long entry) {
    return notes.get(entry);
  }
}
