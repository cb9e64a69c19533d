package org.tidegate.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.list.Scope;
import org.tidegate.publish.EntrySource;

/** The list that the demo publishes and enforces: the one that is shipped, or a visitor's. */
final class DemoList {
  private static final int SAMPLES_PER_SCOPE = 2;
  private static final String SHIPPED_HOST = "listed.example";

  private final CompiledList list;
  private final ListKey key;
  private final List<Sample> samples;
  private final boolean isShipped;

  private DemoList(CompiledList list, ListKey key, List<Sample> samples, boolean isShipped) {
    this.list = list;
    this.key = key;
    this.samples = List.copyOf(samples);
    this.isShipped = isShipped;
  }

  /** An entry of the list with its number. */
  record Sample(int number, ListEntry entry) {}

  /**
   * Where the entries come from.
   *
   * @param source that can be read more than once
   * @param isShipped its names are reserved ones, and may be shown
   */
  record Entries(EntrySource source, boolean isShipped) {
    static Entries shipped() {
      return new Entries(
          sink -> {
            try (InputStream in = DemoList.class.getResourceAsStream("sample-list.txt")) {
              ListFormat.NATIVE.read(Objects.requireNonNull(in), sink);
            }
          },
          true);
    }
  }

  /** The list as it was published, with the first entries of every scope of a visitor's to try. */
  static DemoList of(Entries entries, CompiledList published, ListKey key) throws IOException {
    Sampler sampler = new Sampler(published, key);
    if (!entries.isShipped()) {
      entries.source().read(sampler);
    }
    return new DemoList(published, key, sampler.samples, entries.isShipped());
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
    return list.find(key, entry).isPresent();
  }

  /** Chooses entries that the compiled list holds; others were held back. */
  private static final class Sampler implements ListSink {
    private final CompiledList list;
    private final ListKey key;
    private final int[] chosen = new int[Scope.values().length];
    private final List<Sample> samples = new ArrayList<>();

    Sampler(CompiledList list, ListKey key) {
      this.list = list;
      this.key = key;
    }

    @Override
    public void entry(int line, ListEntry entry) {
      if (chosen[entry.scope().ordinal()] < SAMPLES_PER_SCOPE) {
        list.find(key, entry).ifPresent(match -> choose(match.entry(), entry));
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
