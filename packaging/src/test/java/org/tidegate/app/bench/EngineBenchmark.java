package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.PreCheckCompiler;
import org.tidegate.filter.list.ListFormat;

/** The bodies of {@code tidegate bench engine}, from the raw bytes of a URL to a verdict. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EngineBenchmark {
  private static final int REQUESTS = 1 << 20;
  private static final ListKey PRE_CHECK_KEY = ListKey.of("pre-check-key-01".getBytes(US_ASCII));

  @Param({"10000", "1000000"})
  private int entries;

  @Param({"tidegate", "hashset", "guava"})
  private String design = "";

  @Param({"unlisted", "listed10", "blocked"})
  private String traffic = "";

  private Traffic requests = Traffic.ofLines(new byte[0]);
  private EngineDesign engine = new HashSetDesign();
  private int next;

  @Setup
  public void build() throws IOException, ListFormatException {
    ReferenceMix mix = new ReferenceMix(entries);
    EntryText text = sink -> ListFormat.NATIVE.read(mix.listText(), sink);
    requests =
        switch (traffic) {
          case "unlisted" -> mix.unlisted(REQUESTS);
          case "blocked" -> mix.blocked(REQUESTS);
          default -> mix.listed10(REQUESTS);
        };
    engine = engine(text);
  }

  @Benchmark
  public boolean verdict() {
    int request = next++ & REQUESTS - 1;
    return engine.isBlocked(requests.bytes(), requests.start(request), requests.end(request));
  }

  private EngineDesign engine(EntryText text) throws IOException, ListFormatException {
    if (design.equals("hashset")) {
      HashSetDesign set = new HashSetDesign();
      MadeList.each(text, set::add);
      return set;
    }
    MadeList made = MadeList.compile(text);
    if (design.equals("guava")) {
      PreCheckCompiler compiler = new PreCheckCompiler(PRE_CHECK_KEY);
      MadeList.each(text, compiler::add);
      return new GuavaDesign(made.bytes(), MadeList.KEY, compiler.compile(), PRE_CHECK_KEY);
    }
    UrlFilter filter = new UrlFilter(MadeList.KEY);
    made.load(filter);
    return new TidegateDesign(filter, made.bytes().length);
  }
}
