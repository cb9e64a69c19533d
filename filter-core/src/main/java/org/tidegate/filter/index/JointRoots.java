package org.tidegate.filter.index;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roots of several lists under one key in one filter, so that a URL which none of them covers
 * costs one question however many lists there are. Built when a list is installed. Immutable; hot
 * path.
 */
public final class JointRoots implements RootCheck {
  private final BlockedFilter filter;
  private final byte[] crowded;
  private final boolean singleLabels;

  private JointRoots(BlockedFilter filter, byte[] crowded, boolean singleLabels) {
    this.filter = filter;
    this.crowded = crowded;
    this.singleLabels = singleLabels;
  }

  /** The roots of these lists, which have to be under one key. */
  public static JointRoots of(List<CompiledList> lists) {
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
    return new JointRoots(
        filter, bytes(crowded), lists.stream().anyMatch(CompiledList::hasSingleLabels));
  }

  @Override
  public boolean mightCover(Lookup lookup) {
    if (lookup.hasSuffix(0) && lookup.isSingleLabel(0) && singleLabels) {
      return true;
    }
    for (int suffix = lookup.isSingleLabel(0) ? 1 : 0; lookup.hasSuffix(suffix); suffix++) {
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
    return "JointRoots";
  }
}
