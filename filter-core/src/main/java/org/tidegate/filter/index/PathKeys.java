package org.tidegate.filter.index;

import java.util.Arrays;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/**
 * The rule keys that may cover one URL's path, each hashed when it is first asked for, however many
 * lists ask. For one thread; hot path.
 */
final class PathKeys {
  private static final int FEW = 8;

  /** As many as are kept from one URL to the next. */
  private static final int MANY = 512;

  private final PathHash hash;
  private UrlView view = new UrlView();
  private int[] ends = new int[FEW];
  private long[] prefixes = new long[FEW];
  private int count;
  private long page;
  private long exact;

  PathKeys(ListKey key) {
    this.hash = new PathHash(key);
  }

  /** Begins with another URL. */
  void begin(long hostKey, UrlView url) {
    view = url;
    hash.begin(hostKey, url);
    if (ends.length > MANY) {
      ends = new int[FEW];
      prefixes = new long[FEW];
    }
    count = 0;
    page = 0;
    exact = 0;
  }

  /** Whether the path has that many slashes more than one. */
  boolean hasPrefix(int prefix) {
    return prefix < count || findPrefix(count == 0 ? view.pathStart() : ends[count - 1]);
  }

  long prefix(int prefix) {
    // 0 is not known yet; were it the key, it would only be hashed again.
    if (prefixes[prefix] == 0) {
      prefixes[prefix] = hash.ruleKey(ends[prefix], Scope.PREFIX);
    }
    return prefixes[prefix];
  }

  long page() {
    if (page == 0) {
      page = hash.ruleKey(view.pathEnd(), Scope.PAGE);
    }
    return page;
  }

  long exact() {
    if (exact == 0) {
      exact = hash.ruleKey(view.end(), Scope.EXACT);
    }
    return exact;
  }

  private boolean findPrefix(int from) {
    byte[] bytes = view.bytes();
    int end = view.pathEnd();
    int at = from;
    while (at < end && bytes[at] != '/') {
      at++;
    }
    if (at >= end) {
      return false;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      prefixes = Arrays.copyOf(prefixes, 2 * count);
    }
    ends[count] = at + 1;
    prefixes[count] = 0;
    count++;
    return true;
  }
}
