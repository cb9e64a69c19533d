package org.tidegate.filter.index;

import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/** Hashes one entry after another. For one thread. */
final class EntryHash {
  private static final int MOST_PREFIXES = 64;

  private final UrlView view = new UrlView();
  private final HostHash host;
  private final PathHash path;
  private long hostKey;

  EntryHash(ListKey key) {
    this.host = new HostHash(key);
    this.path = new PathHash(key);
  }

  EntryKeys keys(ListEntry entry) {
    begin(entry);
    return new EntryKeys(hostKey, ruleKey(entry.scope()));
  }

  /** Begins with another entry; what follows is of that one. */
  void begin(ListEntry entry) {
    entry.show(view);
    host.begin(view);
    hostKey = host.hostKey(view.hostEnd() - view.hostStart());
    if (view.hasPath()) {
      path.begin(hostKey, view);
    }
  }

  long hostKey() {
    return hostKey;
  }

  long ruleKey(Scope scope) {
    if (!view.hasPath()) {
      return host.ruleKey(view.hostEnd() - view.hostStart(), scope);
    }
    return path.ruleKey(scope == Scope.EXACT ? view.end() : view.pathEnd(), scope);
  }

  /**
   * Logs how many prefix and page entries of the same host would cover all of the entry, and their
   * rule keys: those of its first {@link #MOST_PREFIXES} slashes.
   *
   * @return where in the log, or 0 where there are none or the log is full
   */
  long logBroader(Scope scope, LongLog log) {
    int end = scope == Scope.PREFIX ? view.pathEnd() - 1 : view.pathEnd();
    boolean full = log.size() > EntryNote.MOST_PLACES - MOST_PREFIXES - 2;
    if (full || !view.hasPath() || end == view.pathStart()) {
      return 0;
    }
    long place = log.size();
    int count = 0;
    log.add(count);
    for (int at = view.pathStart(); at < end && count < MOST_PREFIXES; at++) {
      if (view.bytes()[at] == '/') {
        log.add(path.ruleKey(at + 1, Scope.PREFIX));
        count++;
      }
    }
    if (scope == Scope.EXACT) {
      log.add(path.ruleKey(end, Scope.PAGE));
      count++;
    }
    log.set(place, count);
    return place;
  }
}
