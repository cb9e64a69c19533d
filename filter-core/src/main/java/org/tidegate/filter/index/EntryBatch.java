package org.tidegate.filter.index;

import org.tidegate.filter.list.ListEntry;

/** Some entries as they came, taken together: other work goes on while they are hashed. */
final class EntryBatch {
  static final int MOST = 512;

  final ListEntry[] entries = new ListEntry[MOST];
  final int[] lines = new int[MOST];
  int size;

  void add(ListEntry entry, int line) {
    entries[size] = entry;
    lines[size++] = line;
  }

  boolean isFull() {
    return size == MOST;
  }
}
