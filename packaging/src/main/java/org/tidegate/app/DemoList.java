package org.tidegate.app;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.list.Scope;

/** The list that the demo enforces: the one that is shipped, or a visitor's. Immutable. */
final class DemoList {
  private static final int SAMPLES_PER_SCOPE = 2;
  private static final String SHIPPED_HOST = "listed.example";

  private final CompiledList list;
  private final List<Sample> samples;
  private final boolean isShipped;

  private DemoList(CompiledList list, List<Sample> samples, boolean isShipped) {
    this.list = list;
    this.samples = List.copyOf(samples);
    this.isShipped = isShipped;
  }

  /** An entry of the list with its number. */
  record Sample(int number, ListEntry entry) {}

  /** The list that is shipped: its names are reserved ones, and may be shown. */
  static DemoList shipped() throws IOException, ListFormatException {
    ListCompiler compiler = new ListCompiler(LoadedList.KEY, LoadedList.NAME, 1, Instant.EPOCH);
    try (InputStream in = DemoList.class.getResourceAsStream("sample-list.txt")) {
      ListFormat.NATIVE.read(Objects.requireNonNull(in), new Compiling(compiler));
    }
    CompiledList list = CompiledList.open(compiler.compile().bytes());
    return new DemoList(list, List.of(), true);
  }

  /** A visitor's list, with the first entries of every scope to try. */
  static DemoList of(LoadedList loaded) throws IOException {
    Sampler sampler = new Sampler(loaded.list());
    loaded.read(sampler);
    return new DemoList(loaded.list(), sampler.samples, false);
  }

  CompiledList list() {
    return list;
  }

  /** A few entries of every scope that a visitor's list has. */
  List<Sample> samples() {
    return samples;
  }

  boolean isShipped() {
    return isShipped;
  }

  /** A listed host that may be shown: of a visitor's list only the canary. */
  String shownHost() {
    return isShipped ? SHIPPED_HOST : CompiledList.canary(list.name()).text();
  }

  /** Whether the list holds that very entry: asked entry by entry, not as the gateway asks. */
  boolean holds(ListEntry entry) {
    return list.find(LoadedList.KEY, entry).isPresent();
  }

  /** Compiles every entry. */
  private record Compiling(ListCompiler compiler) implements ListSink {

    @Override
    public void entry(int line, ListEntry entry) {
      compiler.add(entry, line);
    }

    @Override
    public void refused(int line, RefusalReason reason) {}

    @Override
    public void skipped(int line) {}
  }

  /** Chooses entries that the compiled list holds; others were held back. */
  private static final class Sampler implements ListSink {
    private final CompiledList list;
    private final int[] chosen = new int[Scope.values().length];
    private final List<Sample> samples = new ArrayList<>();

    Sampler(CompiledList list) {
      this.list = list;
    }

    @Override
    public void entry(int line, ListEntry entry) {
      if (chosen[entry.scope().ordinal()] < SAMPLES_PER_SCOPE) {
        list.find(LoadedList.KEY, entry).ifPresent(match -> choose(match.entry(), entry));
      }
    }

    private void choose(int number, ListEntry entry) {
      if (samples.stream().noneMatch(sample -> sample.number == number)) {
        chosen[entry.scope().ordinal()]++;
        samples.add(new Sample(number, entry));
      }
    }

    @Override
    public void refused(int line, RefusalReason reason) {}

    @Override
    public void skipped(int line) {}
  }
}
