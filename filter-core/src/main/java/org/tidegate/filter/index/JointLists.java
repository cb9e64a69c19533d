package org.tidegate.filter.index;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What several lists under one key have in common: their roots in one filter, so that a URL which
 * none of them covers costs one question however many lists there are, and their hosts in one
 * table, which tells those that are worth a search. Built when a list is installed. Immutable; hot
 * path.
 */
public final class JointLists implements ListSelection {
  /** One array holds the table of so many hosts, and no more by far. */
  static final long MOST_HOSTS = 90_000_000;

  private final BlockedFilter filter;
  private final byte[] crowded;
  private final boolean singleLabels;
  private final JointHosts hosts;
  private final CompiledList[] lists;

  private JointLists(
      BlockedFilter filter,
      byte[] crowded,
      boolean singleLabels,
      JointHosts hosts,
      CompiledList[] lists) {
    this.filter = filter;
    this.crowded = crowded;
    this.singleLabels = singleLabels;
    this.hosts = hosts;
    this.lists = lists;
  }

  /**
   * What tells which of the lists, all under one key, may cover a URL: a list that is alone does so
   * itself, and lists with more hosts than a table can have are all searched.
   */
  public static ListSelection selection(List<CompiledList> lists) {
    return selection(lists, MOST_HOSTS);
  }

  static ListSelection selection(List<CompiledList> lists, long mostHosts) {
    if (lists.size() == 1) {
      return lists.get(0);
    }
    long hosts = lists.stream().mapToLong(CompiledList::hostCount).sum();
    return hosts > mostHosts ? lookup -> -1 : of(lists);
  }

  /** Of lists that have to be under one key; {@link #bit} tells which bit is whose. */
  static JointLists of(List<CompiledList> lists) {
    Set<Long> crowded = new TreeSet<>(Long::compareUnsigned);
    for (CompiledList list : lists) {
      Roots roots = list.roots();
      for (int i = 0; i < roots.crowded(); i++) {
        crowded.add(roots.crowded(i));
      }
    }
    BlockedFilter filter = filter(lists, crowded);
    crowded.removeIf(key -> lists.stream().anyMatch(list -> endsAt(list, key)));
    boolean singleLabels = lists.stream().anyMatch(CompiledList::hasSingleLabels);
    CompiledList[] all = lists.toArray(CompiledList[]::new);
    return new JointLists(filter, bytes(crowded), singleLabels, JointHosts.of(lists), all);
  }

  /** Whether longer suffixes need not be in the list: it has that one as a root or a domain. */
  private static boolean endsAt(CompiledList list, long key) {
    return list.roots().contains(key) || list.hosts().hasDomain(key);
  }

  /** As large as it has to be for roots that several lists have: a small one is a fast one. */
  private static BlockedFilter filter(List<CompiledList> lists, Set<Long> crowded) {
    DistinctKeys keys =
        new DistinctKeys(lists.stream().mapToInt(CompiledList::rootCount).sum() + crowded.size());
    lists.forEach(list -> list.roots().each(keys::add));
    crowded.forEach(keys::add);
    int words = BlockedFilter.words(keys.count());
    BlockedFilter filter = new BlockedFilter(new byte[8 * words], 0, words);
    lists.forEach(list -> list.roots().each(filter::put));
    crowded.forEach(filter::put);
    return filter;
  }

  /** The bit of the list with that place, from 0. Beyond 32 lists, several share one. */
  public static int bit(int place) {
    return 1 << place % Integer.SIZE;
  }

  @Override
  public int candidates(Lookup lookup) {
    int found = 0;
    int suffix = 0;
    if (lookup.hasSuffix(0) && lookup.isSingleLabel(0)) {
      found = singleLabels ? candidates(lookup, 0) : 0;
      suffix = 1;
    }
    if (hasRoot(lookup, suffix)) {
      for (; lookup.hasSuffix(suffix); suffix++) {
        found |= candidates(lookup, suffix);
      }
    }
    lookup.noted();
    return found;
  }

  private int candidates(Lookup lookup, int suffix) {
    if (lookup.hasSuffix(suffix + 1)) {
      lookup.hostKey(suffix + 1); // ahead of need: the processor then fetches both slots at once
    }
    int found = 0;
    for (int left = hosts.lists(lookup, suffix); left != 0; left &= left - 1) {
      int first = Integer.numberOfTrailingZeros(left);
      for (int list = first; list < lists.length; list += Integer.SIZE) {
        found |= lists[list].mightHaveHost(lookup.hostKey(suffix)) ? 1 << first : 0;
      }
    }
    lookup.note(suffix, found);
    return found;
  }

  private boolean hasRoot(Lookup lookup, int first) {
    for (int suffix = first; lookup.hasSuffix(suffix); suffix++) {
      long key = lookup.hostKey(suffix);
      if (!filter.mightContain(key)) {
        return false;
      }
      if (lookup.isWholeHost(suffix) || SortedKeys.find(crowded, 0, crowded.length / 8, key) < 0) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(Set<Long> keys) {
    byte[] bytes = new byte[8 * keys.size()];
    int at = 0;
    for (long key : keys) {
      LittleEndian.putLong(bytes, at, key);
      at += 8;
    }
    return bytes;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "JointLists";
  }
}
