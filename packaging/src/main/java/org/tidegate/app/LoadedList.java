package org.tidegate.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.publish.EntrySource;

/** A list compiled from its text for this process alone, and what its text held. */
final class LoadedList {
  /** The name of a list that is never published. */
  static final String NAME = "local";

  /**
   * No secret: such a list never leaves the process, and under one key an entry keeps its number
   * from one command to the next.
   */
  static final ListKey KEY = ListKey.of("tidegate: local.".getBytes(US_ASCII));

  private final ListText text;
  private final Compilation compilation;
  private final CompiledList list;
  private final Map<RefusalReason, Integer> refusals;
  private final int skipped;

  private LoadedList(ListText text, Compilation compilation, Tally tally)
      throws ListFormatException {
    this.text = text;
    this.compilation = compilation;
    this.list = CompiledList.open(compilation.bytes());
    this.refusals = tally.refusals;
    this.skipped = tally.skipped;
  }

  /**
   * Reads and compiles a list.
   *
   * @param entries of that text
   */
  static LoadedList load(ListText text, EntrySource entries)
      throws IOException, ListFormatException {
    ListCompiler compiler = new ListCompiler(KEY, NAME, 1, Instant.EPOCH);
    entries.confirmed().forEach(compiler::confirm);
    Tally tally = new Tally(compiler);
    entries.read(tally);
    return new LoadedList(text, compiler.compile(), tally);
  }

  /** A filter with this list alone. */
  UrlFilter filter() throws ListFormatException {
    UrlFilter filter = new UrlFilter(KEY);
    filter.install(list);
    return filter;
  }

  CompiledList list() {
    return list;
  }

  Compilation compilation() {
    return compilation;
  }

  /** Reads the text once more. */
  void read(ListSink sink) throws IOException {
    text.read(sink);
  }

  /** The bytes of that line of the text. */
  byte[] line(int number) throws IOException {
    return text.line(number);
  }

  /** Counts only: no line of it. */
  String summary() {
    return ListSummary.of(compilation.entries(), compilation, skipped, refusals);
  }

  private static final class Tally implements ListSink {
    private final ListCompiler compiler;
    private final Map<RefusalReason, Integer> refusals = new EnumMap<>(RefusalReason.class);
    private int skipped;

    Tally(ListCompiler compiler) {
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
