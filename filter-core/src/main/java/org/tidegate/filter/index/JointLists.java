package org.tidegate.filter.index;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What several lists under one key have in common: their roots in one filter, so that a URL which
 * none of them covers costs one question however many lists there are, and their hosts in another,
 * which tells those that are worth a search. Built when a list is installed. Immutable; hot path.
 */
public final class JointLists implements ListSelection {
  private final BlockedFilter filter;
  private final byte[] crowded;
  private final boolean singleLabels;
  private final HostMasks hosts;

  private JointLists(BlockedFilter filter, byte[] crowded, boolean singleLabels, HostMasks hosts) {
    this.filter = filter;
    this.crowded = crowded;
    this.singleLabels = singleLabels;
    this.hosts = hosts;
  }

  /** Of lists that have to be under one key; {@link #bit} tells which bit is whose. */
  public static JointLists of(List<CompiledList> lists) {
    int keys = 0;
    for (CompiledList list : lists) {
      keys += list.rootCount() + list.roots().crowded();
    }
    int words = BlockedFilter.words(keys);
    BlockedFilter filter = new BlockedFilter(new byte[8 * words], 0, words);
    Set<Long> crowded = new TreeSet<>(Long::compareUnsigned);
    for (CompiledList list : lists) {
      Roots roots = list.roots();
      for (int place = 0; place < roots.places(); place++) {
        long root = roots.root(place);
        if (root != 0) {
          filter.put(root);
        }
      }
      for (int i = 0; i < roots.crowded(); i++) {
        filter.put(roots.crowded(i));
        crowded.add(roots.crowded(i));
      }
    }
    // A root in one list though crowded in another: below it, longer suffixes need not be there.
    crowded.removeIf(key -> lists.stream().anyMatch(list -> list.roots().contains(key)));
    boolean singleLabels = lists.stream().anyMatch(CompiledList::hasSingleLabels);
    return new JointLists(filter, bytes(crowded), singleLabels, hosts(lists));
  }

  private static HostMasks hosts(List<CompiledList> lists) {
    HostMasks masks = new HostMasks(lists.stream().mapToInt(CompiledList::hostCount).sum());
    for (int list = 0; list < lists.size(); list++) {
      lists.get(list).addHosts(masks, bit(list));
    }
    return masks;
  }

  /** The bit of the list with that place, from 0. Beyond 32 lists, several share one. */
  public static int bit(int place) {
    return 1 << place % Integer.SIZE;
  }

  @Override
  public int candidates(Lookup lookup) {
    int lists = 0;
    int suffix = 0;
    if (lookup.hasSuffix(0) && lookup.isSingleLabel(0)) {
      lists = singleLabels ? hosts.lists(lookup.hostKey(0)) : 0;
      suffix = 1;
    }
    if (hasRoot(lookup, suffix)) {
      for (; lookup.hasSuffix(suffix); suffix++) {
        lists |= hosts.lists(lookup.hostKey(suffix));
      }
    }
    return lists;
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
