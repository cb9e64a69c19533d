package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/**
 * The rule keys of a URL, in one pass over path and query. The message is the host key, the port,
 * the path (for an exact entry with its query), and the scope's tag. Reusable, for one thread; hot
 * path.
 */
final class PathHash {
  private final SipHash empty;
  private final SipHash hash;
  private UrlView view = new UrlView();
  private long hostKey;
  private int hashed;

  PathHash(ListKey key) {
    this.empty = new SipHash(key);
    this.hash = new SipHash(key);
  }

  /** Begins with another URL. */
  void begin(long hostKey, UrlView view) {
    this.hostKey = hostKey;
    this.view = view;
    restart();
  }

  /** The key of what ends there. */
  long ruleKey(int end, Scope scope) {
    byte[] bytes = view.bytes();
    int start = view.pathStart();
    int length = end - start;
    if (length < hashed) {
      restart();
    }
    while (hashed + 8 <= length) {
      hash.word(LittleEndian.getLong(bytes, start + hashed));
      hashed += 8;
    }
    int count = length - hashed;
    long rest = LittleEndian.rest(bytes, start + hashed, count);
    return hash.finish(rest, count, ScopeCode.tag(scope), length + 17);
  }

  private void restart() {
    hash.set(empty);
    hash.word(hostKey);
    hash.word(view.port());
    hashed = 0;
  }
}
