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
  private final int[] lengths = new int[ListHeader.SECTIONS];

  CompilationRun(ListHeader.Origin origin, EntryTable entries, HostCensus census) {
    this.origin = origin;
    this.entries = entries;
    this.census = census;
    this.kept = withoutDuplicates(entries);
  }

  Compilation run(int heldBack) throws ListFormatException {
    int hosts = countHosts();
    long[] crowded = census.crowded();
    long[] roots = census.roots();
    Counts counts =
        new Counts(kept.length, hosts, roots.length, crowded.length, census.hasSingleLabels());
    byte[] bytes = allocate(counts);
    int offset = ListHeader.BYTES;
    for (int i = 0; i < crowded.length; i++) {
      LittleEndian.putLong(bytes, offset + 8 * i, crowded[i]);
    }
    offset += lengths[ListHeader.CROWDED];
    RootFilter filter = new RootFilter(bytes, offset, RootFilter.words(roots.length));
    for (long root : roots) {
      filter.put(root);
    }
    offset += lengths[ListHeader.ROOTS];
    writeHosts(bytes, offset, HostTable.homes(hosts));
    offset += lengths[ListHeader.HOSTS];
    for (int i = 0; i < kept.length; i++) {
      LittleEndian.putLong(bytes, offset + 8 * i, entries.rule(kept[i]));
    }
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

  private int countHosts() throws ListFormatException {
    int hosts = 0;
    for (int from = 0; from < kept.length; from = endOfHost(from)) {
      ListHeader.require(endOfHost(from) - from <= HostTable.MAX_RULES, Reason.TOO_LARGE);
      hosts++;
    }
    return hosts;
  }

  private byte[] allocate(Counts counts) throws ListFormatException {
    long slots = slots(HostTable.homes(counts.hosts()));
    long[] wanted = {
      8L * counts.crowded(),
      8L * RootFilter.words(counts.roots()),
      HostTable.SLOT * slots,
      8L * counts.rules()
    };
    long total = ListHeader.BYTES;
    for (int i = 0; i < wanted.length; i++) {
      total += wanted[i];
      ListHeader.require(total <= Integer.MAX_VALUE - 8, Reason.TOO_LARGE);
      lengths[i] = (int) wanted[i];
    }
    return new byte[(int) total];
  }

  /** The homes, and what the last hosts push out beyond them. */
  private int slots(int homes) {
    int next = 0;
    for (int from = 0; from < kept.length; from = endOfHost(from)) {
      next = Math.max(next, HostTable.home(entries.host(kept[from]), homes)) + 1;
    }
    return Math.max(homes, next);
  }

  private void writeHosts(byte[] bytes, int offset, int homes) {
    int next = 0;
    for (int from = 0; from < kept.length; ) {
      int to = endOfHost(from);
      long host = entries.host(kept[from]);
      int slot = Math.max(next, HostTable.home(host, homes));
      int scopes = 0;
      for (int i = from; i < to; i++) {
        scopes |= ScopeCode.bit(entries.scope(kept[i]));
      }
      HostTable.put(bytes, offset + slot * HostTable.SLOT, host, from, scopes, to - from);
      next = slot + 1;
      from = to;
    }
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
