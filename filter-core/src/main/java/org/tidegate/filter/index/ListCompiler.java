package org.tidegate.filter.index;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;

/**
 * Makes a compiled list from entries. What comes out depends on the entries and the key, not on
 * their order, nor on who does the work. For one thread, one list.
 */
public final class ListCompiler {
  /** The line that {@link Compilation#line} gives for the canary: none. */
  static final int NO_LINE = 0;

  /** Batches that may wait: the reader must not run away from the rest. */
  private static final int MOST_WAITING = 8;

  private final ListHeader.Origin origin;
  private final EntryIntake intake;
  private final Executor executor;
  private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private EntryBatch batch = new EntryBatch();

  /**
   * One that does all the work itself.
   *
   * @param name lower-case letters, digits and hyphens, at most 32
   * @param serial of this edition, not negative
   * @param created taken to the second
   */
  public ListCompiler(ListKey key, String name, long serial, Instant created) {
    this(key, name, serial, created, Runnable::run);
  }

  /**
   * One that hashes and sorts elsewhere, while the next entries are read.
   *
   * @param executor that does not wait for the thread that adds entries
   */
  public ListCompiler(ListKey key, String name, long serial, Instant created, Executor executor) {
    if (serial < 0) {
      throw new IllegalArgumentException("serial " + serial + " (expected: not negative)");
    }
    if (!ListHeader.isTime(created)) {
      throw new IllegalArgumentException("creation time (expected: from 1970 to 9999)");
    }
    this.intake = new EntryIntake(key);
    this.executor = executor;
    ListEntry canary = ListEntry.host(CompiledList.canary(name));
    this.origin = new ListHeader.Origin(name, serial, created, key.idBits());
    add(canary, NO_LINE);
  }

  /**
   * Names a host that very many people share, before the first entry: an entry for all of it, or
   * for a domain that it lies in, is held back.
   */
  public ListCompiler share(CanonicalHost host) {
    intake.rules.share(host);
    return this;
  }

  /**
   * Lets, before the first entry, all of that host or domain be listed although it is held back.
   */
  public ListCompiler confirm(CanonicalHost suffix) {
    intake.rules.confirm(suffix);
    return this;
  }

  /**
   * Makes, of all entries from the first on, a {@link PreCheck}, too.
   *
   * @param key of the pre-check's own: never the key of a list
   */
  public ListCompiler preCheck(ListKey key) {
    intake.preCheck(key);
    return this;
  }

  /** Counts, from the first entry on, those that a broader one covers; it takes time and memory. */
  public ListCompiler countCovered() {
    intake.countCovered();
    return this;
  }

  /**
   * Takes one entry more. It is held back where it is a public suffix as a domain, or all of a host
   * that very many share, and not confirmed.
   *
   * @param line where it stands in the list's text, from 1
   */
  public void add(ListEntry entry, int line) {
    batch.add(entry, line);
    if (batch.isFull()) {
      hand();
    }
  }

  /**
   * Compiles what was added.
   *
   * @throws ListFormatException where it is more than a compiled list can hold
   */
  public Compilation compile() throws ListFormatException {
    hand();
    Tasks.await(last);
    return new CompilationRun(origin, intake, executor).run();
  }

  private void hand() {
    EntryBatch full = batch;
    last = last.thenRunAsync(() -> intake.take(full), executor);
    waiting.add(last);
    if (waiting.size() > MOST_WAITING) {
      Tasks.await(waiting.remove());
    }
    batch = new EntryBatch();
  }
}
