package org.tidegate.filter.index;

import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/** Hashes one entry after another. For one thread. */
final class EntryHash {
  private final UrlView view = new UrlView();
  private final HostHash host;
  private final PathHash path;

  EntryHash(ListKey key) {
    this.host = new HostHash(key);
    this.path = new PathHash(key);
  }

  EntryKeys keys(ListEntry entry) {
    entry.url().ifPresentOrElse(view::show, () -> view.show(entry.host()));
    host.begin(view);
    int length = view.hostEnd() - view.hostStart();
    long hostKey = host.hostKey(length);
    if (!view.hasPath()) {
      return new EntryKeys(hostKey, host.ruleKey(length, entry.scope()));
    }
    path.begin(hostKey, view);
    int end = entry.scope() == Scope.EXACT ? view.end() : view.pathEnd();
    return new EntryKeys(hostKey, path.ruleKey(end, entry.scope()));
  }
}
