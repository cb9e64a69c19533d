package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.bench.EngineBench;
import org.tidegate.app.bench.EngineRun;
import org.tidegate.app.bench.ReferenceMix;
import org.tidegate.app.bench.Traffic;
import org.tidegate.app.bench.WrittenText;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.list.ListFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate bench engine}: the matching engine, beside simpler designs in the same run. */
@Command(
    name = "engine",
    description = "Measures the matching engine, and simpler designs beside it.")
final class BenchEngineCommand implements Callable<Integer> {
  private static final int SMALL = 10_000;
  private static final int MEDIUM = 1_000_000;
  private static final int LARGE = 10_000_000;
  private static final int REQUESTS = 400_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Option(
      names = "--large",
      description =
          "Adds a list of 10 million entries (4 GB of memory, 700 MB of temporary files).")
  private boolean large;

  @Option(names = "--list", paramLabel = "FILE", description = "A list of your own.")
  private @Nullable Path list;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "native",
      description = "Its format (default: native).")
  private String format = "native";

  @Option(
      names = "--traffic",
      paramLabel = "FILE",
      description = "URLs of your own, one a line; never printed.")
  private @Nullable Path traffic;

  @Override
  public Integer call() throws CommandFailedException {
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    EngineBench bench = new EngineBench(step -> err.println("bench: " + step));
    try {
      double memory = EngineBench.memoryAccessNanos();
      List<EngineRun> runs = new ArrayList<>();
      Map<String, Double> several = new LinkedHashMap<>();
      if (list != null) {
        ListText text = new ListText(list, format());
        runs.addAll(bench.run(text::read, mixes(new ReferenceMix(SMALL))));
      } else {
        for (int entries : large ? new int[] {SMALL, MEDIUM, LARGE} : new int[] {SMALL, MEDIUM}) {
          ReferenceMix mix = new ReferenceMix(entries);
          try (WrittenText text = WrittenText.of(mix)) {
            runs.addAll(bench.run(text, mixes(mix)));
          }
        }
        for (int entries : new int[] {SMALL, MEDIUM}) {
          ReferenceMix mix = new ReferenceMix(entries);
          try (WrittenText text = WrittenText.of(mix)) {
            bench
                .severalLists(text, mix.listed10(REQUESTS))
                .forEach((what, ns) -> several.put(what + "Of" + entries, ns));
          }
        }
      }
      print(runs, several, memory);
      return 0;
    } catch (IOException e) {
      throw new CommandFailedException("cannot read or write: " + e.getClass().getSimpleName());
    } catch (ListFormatException e) {
      throw new CommandFailedException("list: " + e.reason());
    }
  }

  private Map<String, Traffic> mixes(ReferenceMix mix) throws IOException {
    Map<String, Traffic> mixes = new LinkedHashMap<>();
    if (traffic != null) {
      mixes.put("own", Traffic.ofLines(Files.readAllBytes(traffic)));
      return mixes;
    }
    mixes.put("unlisted", mix.unlisted(REQUESTS));
    if (list == null) {
      mixes.put("listed10", mix.listed10(REQUESTS));
      mixes.put("blocked", mix.blocked(REQUESTS));
    }
    return mixes;
  }

  private ListFormat format() {
    return ListFormat.find(format)
        .orElseThrow(
            () ->
                new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--format: expected one of " + ListFormat.ids()));
  }

  private void print(List<EngineRun> runs, Map<String, Double> several, double memory) {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (json) {
      StringBuilder text = new StringBuilder("{\"runs\":[");
      for (EngineRun run : runs) {
        text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append(run.json());
      }
      text.append("],\"memoryAccessNs\":").append(number(memory));
      several.forEach(
          (what, ns) -> text.append(",\"").append(what).append("Ns\":").append(number(ns)));
      out.println(text.append('}'));
      return;
    }
    out.println(
        "   entries design    mix       ns/verdict  B/verdict  verdicts/s/core  B/entry  load ms "
            + " entries/CPU-s");
    for (EngineRun run : runs) {
      out.println(line(run));
    }
    several.forEach((what, ns) -> out.println(what + ": " + number(ns) + " ns/verdict"));
    out.println("one dependent memory access: " + number(memory) + " ns");
  }

  private static String line(EngineRun run) {
    return String.format(
        Locale.ROOT,
        "%10d %-9s %-9s %10.1f %10.1f %16d %8.1f %8d %14d",
        run.entries(),
        run.design(),
        run.mix(),
        run.nsPerVerdict(),
        run.allocatedBytesPerVerdict(),
        run.verdictsPerSecond(),
        run.bytesPerEntry(),
        run.loadMillis(),
        run.entriesPerCpuSecond());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
