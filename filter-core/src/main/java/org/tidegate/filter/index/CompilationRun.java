package org.tidegate.filter.index;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListHeader.Counts;
import org.tidegate.filter.list.Scope;

/** Lays out the entries of one list: order, duplicates, slots, then the bytes. */
final class CompilationRun {
  private final ListHeader.Origin origin;
  private final EntryIntake intake;
  private final HostCensus census;
  private final SortedEntries entries;
  private final int many;
  private final long[] crowded;
  private final long[] roots;

  CompilationRun(ListHeader.Origin origin, EntryIntake intake, Executor executor)
      throws ListFormatException {
    ListHeader.require(intake.fits(), Reason.TOO_LARGE);
    this.origin = origin;
    this.intake = intake;
    this.census = intake.census;
    this.entries = intake.sort(executor);
    this.crowded = census.crowded();
    this.roots = census.roots(crowded);
    this.many = countMany();
  }

  private int countMany() {
    int count = 0;
    for (int host = 0; host < entries.hostCount(); host++) {
      int rules = entries.first(host + 1) - entries.first(host);
      count += rules > RuleTable.FEW ? rules : 0;
    }
    return count;
  }

  Compilation run() throws ListFormatException {
    long[] unlisted = unlistedRoots();
    Counts counts =
        new Counts(
            entries.size(),
            entries.hostCount(),
            roots.length,
            crowded.length,
            many,
            census.hasSingleLabels());
    int[] lengths = lengths(counts, unlisted.length);
    byte[] bytes = new byte[ListHeader.BYTES + Arrays.stream(lengths).sum()];
    int[] offsets = new int[ListHeader.SECTIONS];
    int offset = ListHeader.BYTES;
    for (int section = 0; section < ListHeader.SECTIONS; section++) {
      offsets[section] = offset;
      offset += lengths[section];
    }
    int slots = lengths[ListHeader.HOSTS] / HostTable.SLOT - 1;
    int homes = HostTable.homes(entries.hostCount());
    writeHosts(new HostTable(bytes, offsets[ListHeader.HOSTS], homes, slots), homes, slots);
    writeRules(bytes, offsets[ListHeader.RULES]);
    writeFilters(bytes, offsets);
    writeKeys(bytes, offsets[ListHeader.CROWDED], crowded);
    writeKeys(bytes, offsets[ListHeader.ROOTS], unlisted);
    Map<Scope, Integer> scopes = countScopes();
    ListHeader.write(bytes, origin, counts, scopes, lengths);
    return new Compilation(
        bytes,
        intake.preCheck(),
        scopes,
        entries.lines(),
        entries.duplicates(),
        intake.covered(entries),
        intake.rules.held(),
        intake.rules.confirmed(entries));
  }

  private int[] lengths(Counts counts, int unlistedRoots) throws ListFormatException {
    long[] wanted = new long[ListHeader.SECTIONS];
    wanted[ListHeader.HOSTS] = HostTable.SLOT * (slots(HostTable.homes(entries.hostCount())) + 1L);
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
    for (int host = 0; host < entries.hostCount(); host++) {
      next = Math.max(next, HostTable.home(entries.host(host), homes)) + 1;
    }
    return Math.max(homes, next);
  }

  private void writeHosts(HostTable table, int homes, int slots) {
    int next = 0;
    int root = 0;
    for (int host = 0; host < entries.hostCount(); host++) {
      int from = entries.first(host);
      long key = entries.host(host);
      int slot = Math.max(next, HostTable.home(key, homes));
      while (next < slot) {
        table.put(next++, 0, from, 0);
      }
      while (root < roots.length && Long.compareUnsigned(roots[root], key) < 0) {
        root++;
      }
      boolean isRoot = root < roots.length && roots[root] == key;
      table.put(slot, key, from, word(from, entries.first(host + 1), isRoot));
      next = slot + 1;
    }
    while (next <= slots) {
      table.put(next++, 0, entries.size(), 0);
    }
  }

  private long word(int from, int to, boolean root) {
    int scopes = 0;
    long filter = 0;
    for (int i = from; i < to; i++) {
      scopes |= ScopeCode.bit(EntryNote.scope(entries.notes[i]));
      filter |= HostTable.filter(entries.rules[i]);
    }
    return HostTable.word(scopes, root, filter);
  }

  private void writeRules(byte[] bytes, int offset) {
    for (int i = 0; i < entries.size(); i++) {
      LittleEndian.putLong(bytes, offset + 8 * i, entries.rules[i]);
    }
  }

  private void writeFilters(byte[] bytes, int[] offsets) {
    int words = BlockedFilter.words(roots.length + crowded.length);
    BlockedFilter rootFilter = new BlockedFilter(bytes, offsets[ListHeader.ROOT_FILTER], words);
    Arrays.stream(roots).forEach(rootFilter::put);
    Arrays.stream(crowded).forEach(rootFilter::put);
    BlockedFilter ruleFilter =
        new BlockedFilter(bytes, offsets[ListHeader.RULE_FILTER], BlockedFilter.words(many));
    for (int host = 0; host < entries.hostCount(); host++) {
      int from = entries.first(host);
      int to = entries.first(host + 1);
      for (int i = from; i < to && to - from > RuleTable.FEW; i++) {
        ruleFilter.put(entries.rules[i]);
      }
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
    int host = 0;
    for (long root : roots) {
      while (host < entries.hostCount() && Long.compareUnsigned(entries.host(host), root) < 0) {
        host++;
      }
      if (host == entries.hostCount() || entries.host(host) != root) {
        unlisted[count++] = root;
      }
    }
    return Arrays.copyOf(unlisted, count);
  }

  private Map<Scope, Integer> countScopes() {
    Map<Scope, Integer> scopes = new EnumMap<>(Scope.class);
    int[] counts = new int[Scope.values().length];
    for (int i = 0; i < entries.size(); i++) {
      if (EntryNote.line(entries.notes[i]) != ListCompiler.NO_LINE) {
        counts[EntryNote.scope(entries.notes[i]).ordinal()]++;
      }
    }
    for (Scope scope : Scope.values()) {
      scopes.put(scope, counts[scope.ordinal()]);
    }
    return scopes;
  }
}
