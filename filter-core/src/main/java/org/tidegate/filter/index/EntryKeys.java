package org.tidegate.filter.index;

import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

/** The two halves, 64 bits each, by which an entry is known. */
record EntryKeys(long host, long rule) {

  static EntryKeys of(ListKey key, ListEntry entry) {
    HostHash hash = new HostHash(key, entry.host().bytes());
    long host = hash.hostKey(0);
    long rule =
        entry
            .url()
            .map(url -> new PathHash(key, host, url).ruleKey(end(entry, url), entry.scope()))
            .orElseGet(() -> hash.ruleKey(0, entry.scope()));
    return new EntryKeys(host, rule);
  }

  private static int end(ListEntry entry, CanonicalUrl url) {
    return entry.scope() == Scope.EXACT ? url.bytes().length : url.pathEnd();
  }

  @Override
  public String toString() {
    return "EntryKeys";
  }
}
