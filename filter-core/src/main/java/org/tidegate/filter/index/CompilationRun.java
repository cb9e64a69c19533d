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
  private final int hosts;
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
    int hostCount = 0;
    int manyCount = 0;
    for (int from = 0; from < entries.size(); ) {
      int to = entries.endOfHost(from);
      manyCount += to - from > RuleTable.FEW ? to - from : 0;
      hostCount++;
      from = to;
    }
    this.hosts = hostCount;
    this.many = manyCount;
  }

  Compilation run() throws ListFormatException {
    long[] unlisted = unlistedRoots();
    Counts counts =
        new Counts(
            entries.size(), hosts, roots.length, crowded.length, many, census.hasSingleLabels());
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
    for (int from = 0; from < entries.size(); from = entries.endOfHost(from)) {
      next = Math.max(next, HostTable.home(entries.hosts[from], homes)) + 1;
    }
    return Math.max(homes, next);
  }

  private void writeHosts(HostTable table, int homes, int slots) {
    int next = 0;
    int root = 0;
    for (int from = 0; from < entries.size(); ) {
      int to = entries.endOfHost(from);
      long host = entries.hosts[from];
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
    for (int from = 0; from < entries.size(); ) {
      int to = entries.endOfHost(from);
      for (int i = from; i < to && to - from > RuleTable.FEW; i++) {
        ruleFilter.put(entries.rules[i]);
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
      while (from < entries.size() && Long.compareUnsigned(entries.hosts[from], root) < 0) {
        from = entries.endOfHost(from);
      }
      if (from == entries.size() || entries.hosts[from] != root) {
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
