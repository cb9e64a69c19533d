package org.tidegate.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.Lookup;
import org.tidegate.filter.index.Match;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * Judges URLs and hosts by the installed lists. Of several lists that cover one URL, the one that
 * was installed first is named. Safe for use by many threads.
 */
public final class UrlFilter {

  private record Installed(CompiledList list, int key) {}

  private final List<ListKey> keys;
  private volatile List<Installed> current = List.of();

  /**
   * @param keys of the lists that may be installed
   */
  public UrlFilter(ListKey... keys) {
    this.keys = List.of(keys);
  }

  /**
   * Makes the list current, in one step, in the place of the one of that name if there is one.
   *
   * @throws ListFormatException where it was compiled with a key that this filter does not hold
   */
  public synchronized void install(CompiledList list) throws ListFormatException {
    int key = 0;
    while (key < keys.size() && !list.hasKey(keys.get(key))) {
      key++;
    }
    if (key == keys.size()) {
      throw new ListFormatException(Reason.KEY);
    }
    Installed installed = new Installed(list, key);
    List<Installed> next = new ArrayList<>(current);
    next.replaceAll(i -> hasName(i, list.name()) ? installed : i);
    if (next.stream().noneMatch(i -> hasName(i, list.name()))) {
      next.add(installed);
    }
    current = List.copyOf(next);
  }

  /** Takes the list of that name out of use; answers whether there was one. */
  public synchronized boolean uninstall(String name) {
    List<Installed> next = new ArrayList<>(current);
    boolean found = next.removeIf(i -> hasName(i, name));
    current = List.copyOf(next);
    return found;
  }

  /** The installed lists, in the order of their first installation. */
  public List<CompiledList> lists() {
    return current.stream().map(Installed::list).toList();
  }

  /** Judges a whole URL: every scope counts. Never throws. */
  public Verdict check(CanonicalUrl url) {
    return check(url.host(), url);
  }

  /**
   * Judges a host alone (CONNECT, TLS server name): domain and host entries count. Never throws.
   */
  public Verdict check(CanonicalHost host) {
    return check(host, null);
  }

  private Verdict check(CanonicalHost host, @Nullable CanonicalUrl url) {
    List<Installed> lists = current;
    if (lists.isEmpty()) {
      return Verdict.Undecided.NO_LIST;
    }
    Verdict verdict = Verdict.Allowed.ALLOWED;
    Lookup lookup = null;
    int key = -1;
    for (Installed installed : lists) {
      try {
        if (lookup == null || installed.key != key) {
          key = installed.key;
          lookup = url == null ? new Lookup(keys.get(key), host) : new Lookup(keys.get(key), url);
        }
        Optional<Match> match = installed.list.find(lookup);
        if (match.isPresent()) {
          return blocked(installed.list, match.get());
        }
      } catch (RuntimeException | Error e) {
        // What failed is not told, and the other lists are still asked: never open.
        verdict = Verdict.Undecided.MATCHER_FAILED;
      }
    }
    return verdict;
  }

  private static Verdict blocked(CompiledList list, Match match) {
    return new Verdict.Blocked(list.name(), list.serial(), match.entry(), match.scope());
  }

  private static boolean hasName(Installed installed, String name) {
    return installed.list.name().equals(name);
  }
}
