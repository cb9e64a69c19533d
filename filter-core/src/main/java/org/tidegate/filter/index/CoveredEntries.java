package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;

/**
 * How many entries say nothing new, since a broader one covers all that they cover: a domain what
 * is below it, a host entry the pages on it, a prefix what is below that, a page its exact ones.
 */
final class CoveredEntries {
  private static final int DOMAIN = ScopeCode.bit(Scope.DOMAIN);
  private static final int COVERING_HOST = DOMAIN | ScopeCode.bit(Scope.HOST);
  private static final int PREFIX = ScopeCode.bit(Scope.PREFIX);

  private static final int BLOCK = 512;

  private final SortedEntries entries;
  private final LongLog broader;

  /** How many broader entries each has, of those from {@link #blockAt} on. */
  private final long[] broaderCounts = new long[BLOCK];

  private int blockAt = -BLOCK;

  CoveredEntries(SortedEntries entries, LongLog broader) {
    this.entries = entries;
    this.broader = broader;
  }

  int count(HostCensus census) {
    KeySet domains = new KeySet();
    for (int i = 0; i < entries.size(); i++) {
      if (EntryNote.scope(entries.notes[i]) == Scope.DOMAIN) {
        domains.add(entries.hosts[i]);
      }
    }
    KeySet below = domains.isEmpty() ? domains : census.below(domains);
    int count = 0;
    for (int host = 0; host < entries.hostCount(); host++) {
      int from = entries.first(host);
      int to = entries.first(host + 1);
      boolean whole = !below.isEmpty() && below.contains(entries.host(host));
      count += whole ? countAll(from, to) : count(from, to);
    }
    return count;
  }

  /** All but the canary, which is no entry of the text. */
  private int countAll(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += EntryNote.line(entries.notes[i]) == ListCompiler.NO_LINE ? 0 : 1;
    }
    return count;
  }

  /** Among the entries of one host. */
  private int count(int from, int to) {
    int scopes = 0;
    for (int i = from; i < to; i++) {
      scopes |= ScopeCode.bit(EntryNote.scope(entries.notes[i]));
    }
    if ((scopes & COVERING_HOST) != 0) {
      int all = countAll(from, to);
      boolean byCanary = (scopes & DOMAIN) == 0 && all < to - from;
      return byCanary ? all : all - 1;
    }
    boolean prefixes = (scopes & PREFIX) != 0;
    int count = 0;
    for (int i = from; i < to && to - from > 1; i++) {
      boolean may = prefixes || EntryNote.scope(entries.notes[i]) == Scope.EXACT;
      count += may && isCovered(i, from, to) ? 1 : 0;
    }
    return count;
  }

  private boolean isCovered(int entry, int from, int to) {
    long place = EntryNote.place(entries.notes[entry]);
    long keys = broaderCount(entry);
    for (long at = place + 1; at <= place + keys; at++) {
      if (has(broader.get(at), from, to)) {
        return true;
      }
    }
    return false;
  }

  /** They are fetched for many at once, so that the processor waits for memory once. */
  private long broaderCount(int entry) {
    if (entry >= blockAt + BLOCK) {
      blockAt = entry;
      int count = Math.min(BLOCK, entries.size() - entry);
      for (int i = 0; i < count; i++) {
        broaderCounts[i] = broader.get(EntryNote.place(entries.notes[entry + i]));
      }
    }
    return broaderCounts[entry - blockAt];
  }

  private boolean has(long rule, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(entries.rules[middle], rule);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return false;
  }
}
