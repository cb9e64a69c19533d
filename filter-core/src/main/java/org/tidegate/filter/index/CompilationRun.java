package org.tidegate.filter.index;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListHeader.Counts;
import org.tidegate.filter.list.Scope;

/** Lays out the entries of one list: order, duplicates, slots, then the bytes. */
final class CompilationRun {
  private final ListHeader.Origin origin;
  private final EntryTable entries;
  private final HostCensus census;
  private final int[] kept;
  private final int hosts;
  private final int many;
  private final long[] crowded;
  private final long[] roots;

  CompilationRun(ListHeader.Origin origin, EntryTable entries, HostCensus census) {
    this.origin = origin;
    this.entries = entries;
    this.census = census;
    this.kept = withoutDuplicates(entries);
    this.crowded = census.crowded();
    this.roots = census.roots();
    int hostCount = 0;
    int manyCount = 0;
    for (int from = 0; from < kept.length; from = endOfHost(from)) {
      int rules = endOfHost(from) - from;
      manyCount += rules > RuleTable.FEW ? rules : 0;
      hostCount++;
    }
    this.hosts = hostCount;
    this.many = manyCount;
  }

  Compilation run(Map<HoldReason, Integer> heldBack) throws ListFormatException {
    long[] unlisted = unlistedRoots();
    Counts counts =
        new Counts(
            kept.length, hosts, roots.length, crowded.length, many, census.hasSingleLabels());
    int[] lengths = lengths(counts, unlisted.length);
    byte[] bytes = new byte[ListHeader.BYTES + Arrays.stream(lengths).sum()];
    int[] offsets = new int[ListHeader.SECTIONS];
    int offset = ListHeader.BYTES;
    for (int section = 0; section < ListHeader.SECTIONS; section++) {
      offsets[section] = offset;
      offset += lengths[section];
    }
    int slots = lengths[ListHeader.HOSTS] / HostTable.SLOT - 1;
    int homes = HostTable.homes(hosts);
    writeHosts(new HostTable(bytes, offsets[ListHeader.HOSTS], homes, slots), homes, slots);
    writeRules(bytes, offsets[ListHeader.RULES]);
    writeFilters(bytes, offsets);
    writeKeys(bytes, offsets[ListHeader.CROWDED], crowded);
    writeKeys(bytes, offsets[ListHeader.ROOTS], unlisted);
    Map<Scope, Integer> scopes = countScopes();
    ListHeader.write(bytes, origin, counts, scopes, lengths);
    return new Compilation(bytes, scopes, lines(), entries.size() - kept.length, heldBack);
  }

  /** In order of key; of equal entries the one with the lowest line is kept. */
  private static int[] withoutDuplicates(EntryTable entries) {
    int[] order = entries.order();
    int count = 0;
    for (int entry : order) {
      if (count == 0 || !entries.areEqual(order[count - 1], entry)) {
        order[count++] = entry;
      } else if (entries.line(entry) < entries.line(order[count - 1])) {
        order[count - 1] = entry;
      }
    }
    return Arrays.copyOf(order, count);
  }

  private int endOfHost(int from) {
    int to = from + 1;
    while (to < kept.length && entries.host(kept[to]) == entries.host(kept[from])) {
      to++;
    }
    return to;
  }

  private int[] lengths(Counts counts, int unlistedRoots) throws ListFormatException {
    long[] wanted = new long[ListHeader.SECTIONS];
    wanted[ListHeader.HOSTS] = HostTable.SLOT * (slots(HostTable.homes(hosts)) + 1L);
    wanted[ListHeader.RULES] = 8L * counts.rules();
    wanted[ListHeader.ROOT_FILTER] = 8L * BlockedFilter.words(counts.roots() + counts.crowded());
    wanted[ListHeader.RULE_FILTER] = 8L * BlockedFilter.words(counts.many());
    wanted[ListHeader.CROWDED] = 8L * counts.crowded();
    wanted[ListHeader.ROOTS] = 8L * unlistedRoots;
    long total = ListHeader.BYTES + Arrays.stream(wanted).sum();
    ListHeader.require(total <= Integer.MAX_VALUE - 8, Reason.TOO_LARGE);
    return Arrays.stream(wanted).mapToInt(length -> (int) length).toArray();
  }

  /** The homes, and what the last hosts push out beyond them. */
  private int slots(int homes) {
    int next = 0;
    for (int from = 0; from < kept.length; from = endOfHost(from)) {
      next = Math.max(next, HostTable.home(entries.host(kept[from]), homes)) + 1;
    }
    return Math.max(homes, next);
  }

  private void writeHosts(HostTable table, int homes, int slots) {
    int next = 0;
    int root = 0;
    for (int from = 0; from < kept.length; ) {
      int to = endOfHost(from);
      long host = entries.host(kept[from]);
      int slot = Math.max(next, HostTable.home(host, homes));
      while (next < slot) {
        table.put(next++, 0, from, 0);
      }
      while (root < roots.length && Long.compareUnsigned(roots[root], host) < 0) {
        root++;
      }
      table.put(slot, host, from, word(from, to, root < roots.length && roots[root] == host));
      next = slot + 1;
      from = to;
    }
    while (next <= slots) {
      table.put(next++, 0, kept.length, 0);
    }
  }

  private long word(int from, int to, boolean root) {
    int scopes = 0;
    long filter = 0;
    for (int i = from; i < to; i++) {
      scopes |= ScopeCode.bit(entries.scope(kept[i]));
      filter |= HostTable.filter(entries.rule(kept[i]));
    }
    return HostTable.word(scopes, root, filter);
  }

  private void writeRules(byte[] bytes, int offset) {
    for (int i = 0; i < kept.length; i++) {
      LittleEndian.putLong(bytes, offset + 8 * i, entries.rule(kept[i]));
    }
  }

  private void writeFilters(byte[] bytes, int[] offsets) {
    int words = BlockedFilter.words(roots.length + crowded.length);
    BlockedFilter rootFilter = new BlockedFilter(bytes, offsets[ListHeader.ROOT_FILTER], words);
    Arrays.stream(roots).forEach(rootFilter::put);
    Arrays.stream(crowded).forEach(rootFilter::put);
    BlockedFilter ruleFilter =
        new BlockedFilter(bytes, offsets[ListHeader.RULE_FILTER], BlockedFilter.words(many));
    for (int from = 0; from < kept.length; ) {
      int to = endOfHost(from);
      for (int i = from; i < to && to - from > RuleTable.FEW; i++) {
        ruleFilter.put(entries.rule(kept[i]));
      }
      from = to;
    }
  }

  private static void writeKeys(byte[] bytes, int offset, long[] keys) {
    for (int i = 0; i < keys.length; i++) {
      LittleEndian.putLong(bytes, offset + 8 * i, keys[i]);
    }
  }

  /** The roots that are no listed hosts; those have a bit in their slots. */
  private long[] unlistedRoots() {
    long[] unlisted = new long[roots.length];
    int count = 0;
    int from = 0;
    for (long root : roots) {
      while (from < kept.length && Long.compareUnsigned(entries.host(kept[from]), root) < 0) {
        from = endOfHost(from);
      }
      if (from == kept.length || entries.host(kept[from]) != root) {
        unlisted[count++] = root;
      }
    }
    return Arrays.copyOf(unlisted, count);
  }

  private Map<Scope, Integer> countScopes() {
    Map<Scope, Integer> scopes = new EnumMap<>(Scope.class);
    for (int entry : kept) {
      if (entries.line(entry) != ListCompiler.NO_LINE) {
        scopes.merge(entries.scope(entry), 1, Integer::sum);
      }
    }
    return scopes;
  }

  private int[] lines() {
    return Arrays.stream(kept).map(entries::line).toArray();
  }
}
