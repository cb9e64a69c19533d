package org.tidegate.app;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.Match;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.list.Scope;

/** The list that the demo enforces, compiled under a key of its own, with some entries to try. */
final class DemoList {
  static final String NAME = "demo";
  private static final int SAMPLES_PER_SCOPE = 2;

  private final ListKey key;
  private final CompiledList list;
  private final List<Sample> samples;
  private final int leftOut;
  private final boolean isShipped;

  private DemoList(
      ListKey key, CompiledList list, List<Sample> samples, int leftOut, boolean isShipped) {
    this.key = key;
    this.list = list;
    this.samples = List.copyOf(samples);
    this.leftOut = leftOut;
    this.isShipped = isShipped;
  }

  /** Where a list's lines come from. */
  interface Source {
    void read(ListSink sink) throws IOException;
  }

  /** An entry of the list with its number. */
  record Sample(int number, ListEntry entry) {}

  /** The list that is shipped; its names are reserved ones. */
  static DemoList shipped() throws IOException, ListFormatException {
    try (InputStream in = DemoList.class.getResourceAsStream("sample-list.txt")) {
      InputStream text = Objects.requireNonNull(in);
      return compile(sink -> ListFormat.NATIVE.read(text, sink), true);
    }
  }

  /** A visitor's list. */
  static DemoList compile(Source source) throws IOException, ListFormatException {
    return compile(source, false);
  }

  private static DemoList compile(Source source, boolean isShipped)
      throws IOException, ListFormatException {
    ListKey key = ListKey.random(new SecureRandom());
    Collector collector = new Collector(new ListCompiler(key, NAME, 1, Instant.now()));
    source.read(collector);
    Compilation compilation = collector.compiler.compile();
    CompiledList list = CompiledList.open(compilation.bytes());
    List<Sample> samples = new ArrayList<>();
    for (ListEntry entry : collector.chosen) {
      list.find(key, entry).map(Match::entry).ifPresent(n -> samples.add(new Sample(n, entry)));
    }
    return new DemoList(key, list, samples, collector.refused + compilation.heldBack(), isShipped);
  }

  ListKey key() {
    return key;
  }

  CompiledList list() {
    return list;
  }

  /** A few entries of every scope that the list has. */
  List<Sample> samples() {
    return samples;
  }

  /** A listed host that may be shown: of a visitor's list only the canary. */
  String shownHost() {
    return isShipped ? "listed.example" : CompiledList.canary(NAME).text();
  }

  boolean isShipped() {
    return isShipped;
  }

  /** How many lines are no entry, or are held back. */
  int leftOut() {
    return leftOut;
  }

  /** Whether the list holds that very entry: asked entry by entry, not as the gateway asks. */
  boolean holds(ListEntry entry) {
    return list.find(key, entry).isPresent();
  }

  private static final class Collector implements ListSink {
    private final ListCompiler compiler;
    private final List<ListEntry> chosen = new ArrayList<>();
    private final int[] seen = new int[Scope.values().length];
    private int refused;

    Collector(ListCompiler compiler) {
      this.compiler = compiler;
    }

    @Override
    public void entry(int line, ListEntry entry) {
      if (compiler.add(entry, line) && seen[entry.scope().ordinal()]++ < SAMPLES_PER_SCOPE) {
        chosen.add(entry);
      }
    }

    @Override
    public void refused(int line, RefusalReason reason) {
      refused++;
    }

    @Override
    public void skipped(int line) {}
  }
}
