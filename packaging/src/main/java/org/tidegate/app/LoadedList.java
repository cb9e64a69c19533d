package org.tidegate.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
import org.tidegate.filter.url.CanonicalHost;

/** A list compiled from its text for this process alone, and what its text held. */
final class LoadedList {
  /** The name of a list that is never published. */
  static final String NAME = "local";

  /**
   * No secret: such a list never leaves the process, and under one key an entry keeps its number
   * from one command to the next.
   */
  static final ListKey KEY = ListKey.of("tidegate: local.".getBytes(US_ASCII));

  /** A line that a reader refused. */
  record Refusal(int line, RefusalReason reason) {}

  private final ListText text;
  private final Compilation compilation;
  private final CompiledList list;
  private final List<Refusal> refusals;
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
   * @param confirmed public suffixes that may be listed as domains
   */
  static LoadedList load(ListText text, List<CanonicalHost> confirmed)
      throws IOException, ListFormatException {
    ListCompiler compiler = new ListCompiler(KEY, NAME, 1, Instant.EPOCH);
    confirmed.forEach(compiler::confirm);
    Tally tally = new Tally(compiler);
    text.read(tally);
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

  List<Refusal> refusals() {
    return refusals;
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
    Map<RefusalReason, Integer> reasons = new EnumMap<>(RefusalReason.class);
    refusals.forEach(refusal -> reasons.merge(refusal.reason(), 1, Integer::sum));
    return ListSummary.of(compilation.entries(), compilation, skipped, reasons);
  }

  private static final class Tally implements ListSink {
    private final ListCompiler compiler;
    private final List<Refusal> refusals = new ArrayList<>();
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
      refusals.add(new Refusal(line, reason));
    }

    @Override
    public void skipped(int line) {
      skipped++;
    }
  }
}
