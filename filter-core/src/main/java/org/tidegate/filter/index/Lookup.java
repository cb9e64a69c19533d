package org.tidegate.filter.index;

import java.util.Arrays;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/**
 * One URL or host under one key, hashed once however many lists are asked. Its suffixes are counted
 * from 0, the shortest, to the whole host; an address has one. Path and query are read when they
 * are first asked for, which may move the host but never changes it. Reusable, for one thread; hot
 * path.
 */
public final class Lookup {
  private static final int FEW = 8;

  /** As many labels as are kept from one host to the next. */
  private static final int MANY = 256;

  private final HostHash hash;
  private final PathKeys path;
  private UrlView view = new UrlView();
  private int[] lengths = new int[FEW];
  private long[] keys = new long[FEW];
  private int[] lists = new int[FEW];
  private boolean listsKnown;
  private int count;
  private boolean pathBegun;

  /** A lookup that {@link #begin} is to be called of. */
  public Lookup(ListKey key) {
    this.hash = new HostHash(key);
    this.path = new PathKeys(key);
  }

  /** A whole URL: entries of every scope may cover it. */
  public Lookup(ListKey key, CanonicalUrl url) {
    this(key);
    view.show(url);
    begin(view);
  }

  /** A host alone: domain and host entries may cover it. */
  public Lookup(ListKey key, CanonicalHost host) {
    this(key);
    view.show(host);
    begin(view);
  }

  /** Looks up something else: a whole URL, or a host alone. */
  public void begin(UrlView next) {
    view = next;
    hash.begin(next);
    if (keys.length > MANY) {
      lengths = new int[FEW];
      keys = new long[FEW];
      lists = new int[FEW];
    }
    count = 0;
    listsKnown = false;
    pathBegun = false;
  }

  boolean hasPath() {
    view.readPath();
    return view.hasPath();
  }

  boolean hasSuffix(int suffix) {
    while (suffix >= count) {
      int from = view.hostEnd() - (count == 0 ? 0 : lengths[count - 1] + 1);
      if (from < view.hostStart()) {
        return false;
      }
      if (count == lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * count);
        keys = Arrays.copyOf(keys, 2 * count);
        lists = Arrays.copyOf(lists, 2 * count);
      }
      int start = view.isAddress() ? view.hostStart() : view.labelStart(from);
      lengths[count] = view.hostEnd() - start;
      keys[count] = 0;
      lists[count] = 0;
      count++;
    }
    return true;
  }

  boolean isWholeHost(int suffix) {
    return lengths[suffix] == view.hostEnd() - view.hostStart();
  }

  /** Whether it is one label; addresses are not. */
  boolean isSingleLabel(int suffix) {
    return suffix == 0 && !view.isAddress();
  }

  long hostKey(int suffix) {
    // 0 is not known yet; were it the key, it would only be hashed again.
    if (keys[suffix] == 0) {
      keys[suffix] = hash.hostKey(lengths[suffix]);
    }
    return keys[suffix];
  }

  /** Notes which lists, a bit each, may cover what is looked up by that suffix. */
  void note(int suffix, int mayCover) {
    lists[suffix] = mayCover;
  }

  /** From now on the others certainly do not cover it. */
  void noted() {
    listsKnown = true;
  }

  /** Whether {@link #mayCover} can tell. */
  boolean knowsLists() {
    return listsKnown;
  }

  /** Whether that list may cover it by that suffix. */
  boolean mayCover(int list, int suffix) {
    return (lists[suffix] & list) != 0;
  }

  long ruleKey(int suffix, Scope scope) {
    return hash.ruleKey(lengths[suffix], scope);
  }

  /** The keys of the path, which {@link #hasPath}, on the whole host, which is that suffix. */
  PathKeys path(int suffix) {
    if (!pathBegun) {
      path.begin(hostKey(suffix), view);
      pathBegun = true;
    }
    return path;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Lookup";
  }
}
