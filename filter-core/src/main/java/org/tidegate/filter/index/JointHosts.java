package org.tidegate.filter.index;

import java.util.Arrays;
import java.util.List;
import org.tidegate.filter.list.Scope;

/**
 * The hosts of several lists in one table. A slot tells of a host or domain what its slots in the
 * lists tell together: which scopes its rules have and which bits their filters; in the place of
 * the first rule stands a bit for each list that has it. So a request to a listed host costs one
 * slot, however many lists name that host, unless one of them may have a rule that covers it. Hot
 * path.
 */
final class JointHosts {
  private static final long LISTS = 0xFFFF_FFFFL;

  private final HostTable table;

  private JointHosts(long[] keys, long[] words) {
    int homes = HostTable.homes(keys.length);
    int slots = slots(keys, homes);
    table = new HostTable(new byte[HostTable.SLOT * (slots + 1)], 0, homes, slots);
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      int slot = Math.max(next, HostTable.home(keys[i], homes));
      table.put(slot, keys[i], 0, words[i]);
      next = slot + 1;
    }
  }

  private static int slots(long[] keys, int homes) {
    int next = 0;
    for (long key : keys) {
      next = Math.max(next, HostTable.home(key, homes)) + 1;
    }
    return Math.max(homes, next);
  }

  /** Of lists under one key; {@link JointLists#bit} tells which bit is whose. */
  static JointHosts of(List<CompiledList> lists) {
    Merge merge = new Merge();
    for (int place = 0; place < lists.size(); place++) {
      CompiledList list = lists.get(place);
      merge.add(list.hosts(), list.hostCount(), JointLists.bit(place) & LISTS);
    }
    return new JointHosts(
        Arrays.copyOf(merge.keys, merge.size), Arrays.copyOf(merge.words, merge.size));
  }

  /** The lists that may cover what is looked up by that suffix: none that does is left out. */
  int lists(Lookup lookup, int suffix) {
    int at = table.find(lookup.hostKey(suffix));
    return at >= 0 && mightCover(at, lookup, suffix) ? table.firstRule(at) : 0;
  }

  private boolean mightCover(int at, Lookup lookup, int suffix) {
    if (table.hasScope(at, Scope.DOMAIN)
        && table.mightContain(at, lookup.ruleKey(suffix, Scope.DOMAIN))) {
      return true;
    }
    if (!lookup.isWholeHost(suffix)) {
      return false;
    }
    if (table.hasScope(at, Scope.HOST)
        && table.mightContain(at, lookup.ruleKey(suffix, Scope.HOST))) {
      return true;
    }
    return lookup.hasPath() && mightCover(at, lookup.path(suffix));
  }

  private boolean mightCover(int at, PathKeys path) {
    if (table.hasScope(at, Scope.PREFIX)) {
      for (int prefix = 0; path.hasPrefix(prefix); prefix++) {
        if (table.mightContain(at, path.prefix(prefix))) {
          return true;
        }
      }
    }
    return (table.hasScope(at, Scope.PAGE) && table.mightContain(at, path.page()))
        || (table.hasScope(at, Scope.EXACT) && table.mightContain(at, path.exact()));
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "JointHosts";
  }

  /** One list after another, each in ascending order of key, as its table has them. */
  private static final class Merge {
    long[] keys = {};
    long[] words = {};
    int size;

    void add(HostTable hosts, int count, long bit) {
      long[] oldKeys = keys;
      long[] oldWords = words;
      int olds = size;
      int old = 0;
      keys = new long[olds + count];
      words = new long[keys.length];
      size = 0;
      for (int slot = 0; slot < hosts.slots(); slot++) {
        if (!hosts.isTakenAt(slot)) {
          continue;
        }
        long key = hosts.key(slot);
        while (old < olds && Long.compareUnsigned(oldKeys[old], key) < 0) {
          put(oldKeys[old], oldWords[old]);
          old++;
        }
        long word = (hosts.word(slot) & ~LISTS) | bit;
        if (old < olds && oldKeys[old] == key) {
          word |= oldWords[old];
          old++;
        }
        put(key, word);
      }
      for (; old < olds; old++) {
        put(oldKeys[old], oldWords[old]);
      }
    }

    private void put(long key, long word) {
      keys[size] = key;
      words[size++] = word;
    }
  }
}
