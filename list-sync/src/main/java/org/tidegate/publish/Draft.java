package org.tidegate.publish;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;

/**
 * An edition as it was compiled, not published yet.
 *
 * @param compilation the compiled list, its pre-check, and what became of its entries
 * @param refusals lines that are no entry, by reason
 * @param skipped lines that are not for us
 */
public record Draft(
    String name,
    long serial,
    Compilation compilation,
    Map<RefusalReason, Integer> refusals,
    int skipped) {
  private static final int WORKERS = 2;

  /**
   * Compiles a list.
   *
   * @param preCheckKey the key of its pre-check, which differs from every list key; empty for none
   * @throws IOException where the text cannot be read
   * @throws PublishException where it is more than a list can hold
   */
  public static Draft compile(
      ListKey key,
      Optional<ListKey> preCheckKey,
      String name,
      long serial,
      Instant created,
      EntrySource source)
      throws IOException, PublishException {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Draft::worker);
    try {
      ListCompiler compiler = new ListCompiler(key, name, serial, created, workers).countCovered();
      preCheckKey.ifPresent(compiler::preCheck);
      source.confirmed().forEach(compiler::confirm);
      source.shared().forEach(compiler::share);
      Counter counter = new Counter(compiler);
      source.read(counter);
      return new Draft(name, serial, compiler.compile(), counter.refusals, counter.skipped);
    } catch (IllegalArgumentException | ListFormatException e) {
      throw new PublishException(String.valueOf(e.getMessage()));
    } finally {
      workers.shutdown();
    }
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "list-compiler");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Accepts it as the next edition.
   *
   * @param before how many entries the edition before has, 0 where there is none
   * @throws PublishException where it has grown or shrunk suddenly, or nothing is left
   */
  public void requireUsualSize(int before) throws PublishException {
    Optional<SizeChange> change = SizeChange.find(serial, before, entries());
    if (change.isPresent()) {
      throw change.get().heldBack();
    }
  }

  /** The compiled list: not to be changed. */
  public byte[] bytes() {
    return compilation.bytes();
  }

  public int entries() {
    return compilation.entries();
  }

  @Override
  public String toString() {
    return "Draft[" + name + ", serial " + serial + ", " + entries() + " entries]";
  }

  private static final class Counter implements ListSink {
    private final ListCompiler compiler;
    private final Map<RefusalReason, Integer> refusals = new EnumMap<>(RefusalReason.class);
    private int skipped;

    Counter(ListCompiler compiler) {
      this.compiler = compiler;
    }

    @Override
    public void entry(int line, ListEntry entry) {
      compiler.add(entry, line);
    }

    @Override
    public void refused(int line, RefusalReason reason) {
      refusals.merge(reason, 1, Integer::sum);
    }

    @Override
    public void skipped(int line) {
      skipped++;
    }
  }
}
