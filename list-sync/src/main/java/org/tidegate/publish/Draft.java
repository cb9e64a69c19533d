package org.tidegate.publish;

import java.io.IOException;
import java.time.Instant;
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
 * @param bytes the compiled list: not to be changed
 * @param refused lines that are no entry
 * @param skipped lines that are not for us
 * @param duplicates entries that were there already
 * @param heldBack public suffixes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
public record Draft(
    String name,
    long serial,
    byte[] bytes,
    int entries,
    int refused,
    int skipped,
    int duplicates,
    int heldBack) {

  /**
   * Compiles a list.
   *
   * @throws IOException where the text cannot be read
   * @throws PublishException where nothing is left of it, or it is more than a list can hold
   */
  public static Draft compile(
      ListKey key, String name, long serial, Instant created, EntrySource source)
      throws IOException, PublishException {
    Counter counter = new Counter(compiler(key, name, serial, created));
    source.confirmed().forEach(counter.compiler::confirm);
    source.read(counter);
    Compilation compilation = compile(counter.compiler);
    if (compilation.entries() == 0) {
      throw new PublishException("no entry is left of the list");
    }
    return new Draft(
        name,
        serial,
        compilation.bytes(),
        compilation.entries(),
        counter.refused,
        counter.skipped,
        compilation.duplicates(),
        compilation.heldBack());
  }

  private static ListCompiler compiler(ListKey key, String name, long serial, Instant created)
      throws PublishException {
    try {
      return new ListCompiler(key, name, serial, created);
    } catch (IllegalArgumentException e) {
      throw new PublishException(String.valueOf(e.getMessage()));
    }
  }

  private static Compilation compile(ListCompiler compiler) throws PublishException {
    try {
      return compiler.compile();
    } catch (ListFormatException e) {
      throw new PublishException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "Draft[" + name + ", serial " + serial + ", " + entries + " entries]";
  }

  private static final class Counter implements ListSink {
    private final ListCompiler compiler;
    private int refused;
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
      refused++;
    }

    @Override
    public void skipped(int line) {
      skipped++;
    }
  }
}
