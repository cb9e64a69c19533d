package org.tidegate.filter.index;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/** Takes in one batch of entries after another: held back, or hashed and counted. */
final class EntryIntake {
  final HoldRules rules = new HoldRules();
  final HostCensus census = new HostCensus();

  /** Of path entries, which others would cover them; nothing where nobody wants to know. */
  private @Nullable LongLog broader;

  private EntryTable entries = new EntryTable();
  private final EntryHash hash;
  private final Lookup lookup;
  private final UrlView view = new UrlView();
  private final long[] hosts = new long[EntryBatch.MOST];
  private final boolean[] known = new boolean[EntryBatch.MOST];

  private @Nullable PreCheckCompiler preCheck;

  EntryIntake(ListKey key) {
    this.hash = new EntryHash(key);
    this.lookup = new Lookup(key);
  }

  /** Notes, too, what would cover each entry. */
  void countCovered() {
    broader = new LongLog();
    broader.add(0); // place 0 is nobody's
  }

  /** How many of the entries a broader one covers, unless nobody wanted to know. */
  int covered(SortedEntries sorted) {
    return broader == null
        ? Compilation.NOT_COUNTED
        : new CoveredEntries(sorted, broader).count(census);
  }

  /** Makes a pre-check of what comes, too. */
  void preCheck(ListKey key) {
    preCheck = new PreCheckCompiler(key);
  }

  byte @Nullable [] preCheck() {
    return preCheck == null ? null : preCheck.compile();
  }

  void take(EntryBatch batch) {
    int count = 0;
    for (int i = 0; i < batch.size; i++) {
      ListEntry entry = batch.entries[i];
      if (batch.lines[i] != ListCompiler.NO_LINE && rules.isHeld(entry, batch.lines[i], hash)) {
        continue;
      }
      batch.entries[count] = entry;
      hosts[count++] = put(entry, batch.lines[i]);
      if (preCheck != null) {
        preCheck.add(entry);
      }
    }
    count(batch.entries, count);
  }

  /** Whether all that came can be counted. */
  boolean fits() {
    return entries.size() < Integer.MAX_VALUE - 8;
  }

  /** All that came, in order; nothing more may come. */
  SortedEntries sort(Executor executor) {
    EntryTable all = entries;
    entries = new EntryTable(); // what is sorted need not be there twice
    return SortedEntries.of(all, executor);
  }

  /** Answers the host key. */
  private long put(ListEntry entry, int line) {
    Scope scope = entry.scope();
    hash.begin(entry);
    long place = broader == null ? 0 : hash.logBroader(scope, broader);
    entries.add(hash.hostKey(), hash.ruleKey(scope), EntryNote.of(scope, line, place));
    return hash.hostKey();
  }

  private void count(ListEntry[] taken, int count) {
    census.has(hosts, count, known);
    for (int i = 0; i < count; i++) {
      if (!known[i]) {
        taken[i].show(view);
        lookup.begin(view);
        census.add(hosts[i], lookup);
      }
    }
  }
}
