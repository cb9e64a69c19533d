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
  private final int[] firsts;
  private int size;
  private int hostCount;

  private SortedEntries(EntryTable table, Executor executor) {
    int count = Math.toIntExact(table.size());
    hosts = new long[count];
    rules = new long[count];
    notes = new long[count];
    int[] ends = scatter(table);
    Tasks.runAll(executor, TASKS, task -> sort(ends, task));
    dropDuplicates();
    duplicates = count - size;
    firsts = firsts();
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

  /** How many hosts they are for. */
  int hostCount() {
    return hostCount;
  }

  /** Where the entries of a host, numbered from 0, begin, and those of the host before end. */
  int first(int host) {
    return firsts[host];
  }

  /** The key of a host, numbered from 0. */
  long host(int host) {
    return hosts[firsts[host]];
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
      boolean first = size == 0;
      if (first || (hosts[size - 1] ^ hosts[i] | rules[size - 1] ^ rules[i]) != 0) {
        hostCount += first || hosts[size - 1] != hosts[i] ? 1 : 0;
        hosts[size] = hosts[i];
        rules[size] = rules[i];
        notes[size++] = notes[i];
      } else if (EntryNote.line(notes[i]) < EntryNote.line(notes[size - 1])) {
        notes[size - 1] = notes[i];
      }
    }
  }

  /** Without a branch that the processor would have to guess: nobody knows where a host ends. */
  private int[] firsts() {
    int[] found = new int[hostCount + 1];
    int host = 0;
    for (int i = 0; i < size; i++) {
      host += i > 0 && hosts[i] != hosts[i - 1] ? 1 : 0;
      found[host + 1] = i + 1;
    }
    return found;
  }
}
