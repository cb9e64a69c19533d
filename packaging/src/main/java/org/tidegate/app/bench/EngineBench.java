package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.PreCheckCompiler;

/** Measures the engine and simpler designs on one list after another. For one thread. */
public final class EngineBench {
  /** Beyond this the hash set needs more memory than most machines give one process. */
  private static final int MOST_FOR_HASH_SET = 2_000_000;

  private static final ListKey PRE_CHECK_KEY = ListKey.of("tidegate: guava.".getBytes(US_ASCII));
  private static final ListKey OTHER_KEY = ListKey.of("tidegate: other.".getBytes(US_ASCII));

  private final Consumer<String> progress;

  /**
   * @param progress told what is being done
   */
  public EngineBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /** One memory access that has to wait for the one before. */
  public static double memoryAccessNanos() {
    return Judging.memoryAccessNanos();
  }

  /** Every design under every mix. */
  public List<EngineRun> run(EntryText list, Map<String, Traffic> mixes)
      throws IOException, ListFormatException {
    progress.accept("compiling the list");
    MadeList made = MadeList.compile(list);
    List<EngineRun> runs = new ArrayList<>();
    UrlFilter filter = new UrlFilter(MadeList.KEY);
    long load = made.load(filter);
    EngineDesign tidegate = new TidegateDesign(filter, made.bytes().length);
    measure(runs, made.entries(), tidegate, mixes, load, made.entriesPerCpuSecond());
    guava(runs, list, made, mixes);
    if (made.entries() <= MOST_FOR_HASH_SET) {
      hashSet(runs, list, made.entries(), mixes);
    }
    return runs;
  }

  /** A verdict with one list, with several that hold the same together, and under two keys. */
  public Map<String, Double> severalLists(EntryText list, Traffic traffic)
      throws IOException, ListFormatException {
    Map<String, TidegateDesign> designs = new LinkedHashMap<>();
    for (int lists : new int[] {1, 2, 16, 32}) {
      designs.put("lists" + lists, design(list, lists, MadeList.KEY));
    }
    designs.put("lists2Keys2", design(list, 2, OTHER_KEY));
    progress.accept("judging with several lists");
    List<Judging> judgings = Judging.byTurns(List.copyOf(designs.values()), traffic);
    Map<String, Double> nanos = new LinkedHashMap<>();
    designs.keySet().forEach(name -> nanos.put(name, judgings.get(nanos.size()).nanos()));
    return nanos;
  }

  /** The first list under the usual key, the others under that one. */
  private TidegateDesign design(EntryText list, int lists, ListKey others)
      throws IOException, ListFormatException {
    progress.accept("spreading the list over " + lists + (lists == 1 ? " list" : " lists"));
    List<ListKey> keys = new ArrayList<>(Collections.nCopies(lists, others));
    keys.set(0, MadeList.KEY);
    UrlFilter filter = new UrlFilter(MadeList.KEY, OTHER_KEY);
    for (byte[] one : MadeList.spread(list, keys)) {
      filter.install(CompiledList.open(one));
    }
    return new TidegateDesign(filter, 0);
  }

  private void guava(
      List<EngineRun> runs, EntryText list, MadeList made, Map<String, Traffic> mixes)
      throws IOException, ListFormatException {
    progress.accept("building Guava's filter");
    long start = CpuClock.nanos();
    PreCheckCompiler compiler = new PreCheckCompiler(PRE_CHECK_KEY);
    MadeList.each(list, compiler::add);
    byte[] preCheck = compiler.compile();
    double seconds =
        (CpuClock.nanos() - start) / 1e9 + made.entries() / (double) made.entriesPerCpuSecond();
    long loading = System.nanoTime();
    GuavaDesign guava = new GuavaDesign(made.bytes(), MadeList.KEY, preCheck, PRE_CHECK_KEY);
    long load = (System.nanoTime() - loading) / 1_000_000;
    measure(runs, made.entries(), guava, mixes, load, Math.round(made.entries() / seconds));
  }

  private void hashSet(
      List<EngineRun> runs, EntryText list, int entries, Map<String, Traffic> mixes)
      throws IOException {
    progress.accept("building the hash set");
    long wall = System.nanoTime();
    long start = CpuClock.nanos();
    HashSetDesign set = new HashSetDesign();
    MadeList.each(list, set::add);
    double seconds = (CpuClock.nanos() - start) / 1e9;
    long load = (System.nanoTime() - wall) / 1_000_000;
    measure(runs, entries, set, mixes, load, Math.round(entries / seconds));
  }

  private void measure(
      List<EngineRun> runs,
      int entries,
      EngineDesign design,
      Map<String, Traffic> mixes,
      long load,
      long rate) {
    mixes.forEach(
        (mix, traffic) -> {
          progress.accept(entries + " entries, " + design.id() + ", " + mix);
          Judging judging = Judging.of(design, traffic);
          runs.add(
              new EngineRun(
                  entries,
                  design.id(),
                  mix,
                  judging.nanos(),
                  judging.allocatedBytes(),
                  design.bytes() / (double) Math.max(1, entries),
                  load,
                  rate));
        });
  }
}
