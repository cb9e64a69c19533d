package org.tidegate.filter.index;

import java.util.concurrent.Executor;

/**
 * The entries of a list in ascending order of host key, then rule key, each once: of equal ones the
 * one with the lowest line.
 */
final class SortedEntries {
  private static final int FIRST_BITS = 8;

  /** As many cores as there may be, each sorts every so many of the first digit's values. */
  private static final int TASKS = 8;

  final long[] hosts;
  final long[] rules;
  final long[] notes;
  private final int duplicates;
  private int size;

  private SortedEntries(EntryTable table, Executor executor) {
    int count = Math.toIntExact(table.size());
    hosts = new long[count];
    rules = new long[count];
    notes = new long[count];
    int[] ends = scatter(table);
    Tasks.runAll(executor, TASKS, task -> sort(ends, task));
    dropDuplicates();
    duplicates = count - size;
  }

  static SortedEntries of(EntryTable table, Executor executor) {
    return new SortedEntries(table, executor);
  }

  int size() {
    return size;
  }

  int duplicates() {
    return duplicates;
  }

  /** Where the next host's entries begin. */
  int endOfHost(int from) {
    int to = from + 1;
    while (to < size && hosts[to] == hosts[from]) {
      to++;
    }
    return to;
  }

  /** The index of the entry with those keys, which is there. */
  int find(EntryKeys keys) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(hosts[middle], keys.host());
      if (order < 0 || (order == 0 && Long.compareUnsigned(rules[middle], keys.rule()) < 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int[] lines() {
    int[] lines = new int[size];
    for (int i = 0; i < size; i++) {
      lines[i] = EntryNote.line(notes[i]);
    }
    return lines;
  }

  /** By the first digit of the host key; answers where each value's entries end. */
  private int[] scatter(EntryTable table) {
    int[] next = new int[(1 << FIRST_BITS) + 1];
    for (int i = 0; i < hosts.length; i++) {
      next[digit(table.host(i)) + 1]++;
    }
    for (int digit = 1; digit < next.length; digit++) {
      next[digit] += next[digit - 1];
    }
    for (int i = 0; i < hosts.length; i++) {
      long host = table.host(i);
      int to = next[digit(host)]++;
      hosts[to] = host;
      rules[to] = table.rule(i);
      notes[to] = table.note(i);
    }
    return next;
  }

  private static int digit(long host) {
    return (int) (host >>> Long.SIZE - FIRST_BITS);
  }

  private void sort(int[] ends, int task) {
    KeySort sort = new KeySort(hosts, rules, notes);
    for (int digit = task; digit < 1 << FIRST_BITS; digit += TASKS) {
      sort.sort(digit == 0 ? 0 : ends[digit - 1], ends[digit], FIRST_BITS);
    }
  }

  private void dropDuplicates() {
    for (int i = 0; i < hosts.length; i++) {
      if (size == 0 || hosts[size - 1] != hosts[i] || rules[size - 1] != rules[i]) {
        hosts[size] = hosts[i];
        rules[size] = rules[i];
        notes[size++] = notes[i];
      } else if (EntryNote.line(notes[i]) < EntryNote.line(notes[size - 1])) {
        notes[size - 1] = notes[i];
      }
    }
  }
}
