package org.tidegate.filter.index;

import java.util.Arrays;

/**
 * How many listed hosts lie below every suffix of at least two labels, and so which suffixes are
 * crowded and which are roots. An open-addressing table of suffix keys; what comes out does not
 * depend on the order in which hosts went in.
 */
final class HostCensus {
  private static final int NONE = -1;

  private int[] table = new int[64];
  private long[] keys = new long[32];
  private int[] parents = new int[32];
  private int[] below = new int[32];
  private boolean[] listed = new boolean[32];
  private int size;
  private int hosts;
  private boolean singleLabels;

  HostCensus() {
    Arrays.fill(table, NONE);
  }

  /** Whether that host was counted: most entries are for one that was. */
  boolean has(long key) {
    int at = (int) key & (table.length - 1);
    while (table[at] != NONE && keys[table[at]] != key) {
      at = (at + 1) & (table.length - 1);
    }
    return table[at] != NONE && listed[table[at]];
  }

  /** Counts a listed host, once however often it comes. */
  void add(Lookup host) {
    int parent = NONE;
    int node = NONE;
    for (int suffix = 0; host.hasSuffix(suffix); suffix++) {
      if (!host.isSingleLabel(suffix)) {
        node = node(host.hostKey(suffix), parent);
        parent = node;
      } else if (host.isWholeHost(suffix)) {
        singleLabels = true;
      }
    }
    if (node != NONE && !listed[node]) {
      listed[node] = true;
      hosts++;
      for (int up = parents[node]; up != NONE; up = parents[up]) {
        below[up]++;
      }
    }
  }

  /** Whether a listed host has one label only; such hosts have no root. */
  boolean hasSingleLabels() {
    return singleLabels;
  }

  /** The crowded suffixes, ascending without sign. */
  long[] crowded() {
    long[] crowded = new long[size];
    int count = 0;
    for (int node = 0; node < size; node++) {
      if (isCrowded(node)) {
        crowded[count++] = keys[node];
      }
    }
    return sorted(crowded, count);
  }

  private static long[] sorted(long[] keys, int count) {
    int[] order = KeyOrder.of(keys, keys, count);
    long[] sorted = new long[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = keys[order[i]];
    }
    return sorted;
  }

  /** The roots of all listed hosts, each once, ascending without sign. */
  long[] roots() {
    boolean[] isRoot = new boolean[size];
    long[] roots = new long[hosts];
    int count = 0;
    for (int node = 0; node < size; node++) {
      int root = listed[node] ? root(node) : NONE;
      if (root != NONE && !isRoot[root]) {
        isRoot[root] = true;
        roots[count++] = keys[root];
      }
    }
    return sorted(roots, count);
  }

  /** The shortest suffix that is not crowded; a crowded host is found without. */
  private int root(int node) {
    int root = NONE;
    for (int up = node; up != NONE && !isCrowded(up); up = parents[up]) {
      root = up;
    }
    return root;
  }

  private boolean isCrowded(int node) {
    return below[node] > Roots.CROWD;
  }

  private int node(long key, int parent) {
    int at = (int) key & (table.length - 1);
    while (table[at] != NONE) {
      if (keys[table[at]] == key) {
        return table[at];
      }
      at = (at + 1) & (table.length - 1);
    }
    if (size == keys.length) {
      grow();
      return node(key, parent);
    }
    keys[size] = key;
    parents[size] = parent;
    table[at] = size;
    return size++;
  }

  private void grow() {
    int more = size * 2;
    keys = Arrays.copyOf(keys, more);
    parents = Arrays.copyOf(parents, more);
    below = Arrays.copyOf(below, more);
    listed = Arrays.copyOf(listed, more);
    table = new int[more * 2];
    Arrays.fill(table, NONE);
    for (int node = 0; node < size; node++) {
      int at = (int) keys[node] & (table.length - 1);
      while (table[at] != NONE) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = node;
    }
  }
}
