package org.tidegate.filter.index;

import java.util.Arrays;

/**
 * Every listed host, once, with the keys of all its suffixes: and so how many listed hosts lie
 * below each, which suffixes are crowded, and which are roots. What comes out does not depend on
 * the order in which hosts went in. For one thread.
 */
final class HostCensus {
  /**
   * Cells for counting hosts below suffixes, several suffixes to a cell: no more than a cache
   * holds.
   */
  private static final int CELLS = 1 << 18;

  private final KeySet hosts = new KeySet();

  /**
   * For each host: how many keys follow; its suffixes' keys from the single label on, 0 for none.
   */
  private final LongLog chains = new LongLog();

  private int count;
  private boolean singleLabels;

  /** What is told of every host. */
  private interface Visitor {
    /**
     * The place of its whole key, and of its shortest suffix with two labels if not behind that.
     */
    void host(long first, long whole);
  }

  /** Whether each of those hosts was counted: most entries are for one that was. */
  void has(long[] keys, int count, boolean[] answers) {
    hosts.contains(keys, count, answers);
  }

  /** Counts a listed host with that key, once however often it comes. */
  void add(long key, Lookup host) {
    if (!hosts.add(key)) {
      return;
    }
    int suffixes = 0;
    while (host.hasSuffix(suffixes)) {
      suffixes++;
    }
    count++;
    boolean address = !host.isSingleLabel(0);
    singleLabels |= suffixes == 1 && !address;
    chains.add(address ? suffixes + 1 : suffixes);
    if (address) {
      chains.add(0);
    }
    for (int suffix = 0; suffix < suffixes - 1; suffix++) {
      chains.add(host.hostKey(suffix));
    }
    chains.add(key);
  }

  /** Whether a listed host has one label only; such hosts have no root. */
  boolean hasSingleLabels() {
    return singleLabels;
  }

  /** The crowded suffixes, ascending without sign. */
  long[] crowded() {
    int[] cells = new int[CELLS];
    each(
        (first, whole) -> {
          for (long at = first; at < whole; at++) {
            cells[cell(chains.get(at))]++;
          }
        });
    KeyCounts counts = new KeyCounts();
    each(
        (first, whole) -> {
          for (long at = first; at < whole; at++) {
            long key = chains.get(at);
            if (cells[cell(key)] > Roots.CROWD) {
              counts.add(key);
            }
          }
        });
    return counts.above(Roots.CROWD);
  }

  private static int cell(long key) {
    return (int) key & CELLS - 1;
  }

  /** The roots of all listed hosts, each once, ascending without sign. */
  long[] roots(long[] crowded) {
    KeySet crowds = new KeySet();
    Arrays.stream(crowded).forEach(crowds::add);
    long[] roots = new long[count];
    int[] found = {0};
    each(
        (first, whole) -> {
          long at = first;
          while (at <= whole && crowds.contains(chains.get(at))) {
            at++; // a crowded host is found without
          }
          if (at <= whole) {
            roots[found[0]++] = chains.get(at);
          }
        });
    return KeySort.distinct(roots, found[0]);
  }

  /** The hosts, in no order, that lie below one of those domains. */
  KeySet below(KeySet domains) {
    KeySet below = new KeySet();
    each(
        (first, whole) -> {
          for (long at = first - 1; at < whole; at++) {
            if (domains.contains(chains.get(at))) {
              below.add(chains.get(whole));
              return;
            }
          }
        });
    return below;
  }

  private void each(Visitor visitor) {
    for (long at = 0; at < chains.size(); ) {
      long keys = chains.get(at);
      visitor.host(at + 2, at + keys);
      at += 1 + keys;
    }
  }
}
