package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.PreCheckCompiler;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;

class ReferenceMixTest {
  private static final int ENTRIES = 3000;
  private static final ListKey PRE_CHECK_KEY = ListKey.of("pre-check-key-01".getBytes(US_ASCII));

  private final ReferenceMix mix = new ReferenceMix(ENTRIES);

  @Test
  void everyEntryIsAnother() throws Exception {
    MadeList made = compile();

    assertThat(made.entries()).isEqualTo(ENTRIES);
    assertThat(made.bytes().length / (double) ENTRIES).isLessThan(28);
  }

  /** What is compared is worth comparing only if all say the same. */
  @Test
  void allDesignsSayTheSame() throws Exception {
    MadeList made = compile();
    HashSetDesign set = new HashSetDesign();
    MadeList.each(this::read, set::add);
    List<EngineDesign> designs = new ArrayList<>(List.of(set, guava(made)));
    UrlFilter filter = new UrlFilter(MadeList.KEY);
    made.load(filter);
    designs.add(new TidegateDesign(filter, made.bytes().length));

    Map<String, Integer> least = new LinkedHashMap<>();
    least.put("unlisted", count(designs, mix.unlisted(2000)));
    least.put("listed10", count(designs, mix.listed10(2000)));
    least.put("blocked", count(designs, mix.blocked(2000)));

    assertThat(least.get("unlisted")).isZero();
    assertThat(least.get("listed10")).isBetween(60, 200);
    assertThat(least.get("blocked")).isEqualTo(2000);
  }

  @Test
  void ownTrafficIsReadLineByLine() {
    Traffic traffic =
        Traffic.ofLines("http://a.example/\r\n\nhttp://b.example/".getBytes(US_ASCII));

    assertThat(traffic.requests()).isEqualTo(2);
    assertThat(traffic.end(0) - traffic.start(0)).isEqualTo(17);
    assertThat(traffic.end(1) - traffic.start(1)).isEqualTo(17);
  }

  @Test
  void aRunIsWrittenAsPromised() {
    EngineRun run = new EngineRun(1_000_000, "tidegate", "listed10", 150.5, 0, 16.25, 40, 900_000);

    assertThat(run.json())
        .isEqualTo(
            "{\"entries\":1000000,\"design\":\"tidegate\",\"mix\":\"listed10\","
                + "\"nsPerVerdict\":150.50,\"allocatedBytesPerVerdict\":0.00,"
                + "\"bytesPerEntry\":16.25,\"loadMillis\":40,\"entriesPerCpuSecond\":900000}");
    assertThat(run.verdictsPerSecond()).isEqualTo(6_644_518);
  }

  private static int count(List<EngineDesign> designs, Traffic traffic) {
    int blocked = 0;
    for (int i = 0; i < traffic.requests(); i++) {
      int yes = 0;
      for (EngineDesign design : designs) {
        yes += design.isBlocked(traffic.bytes(), traffic.start(i), traffic.end(i)) ? 1 : 0;
      }
      assertThat(yes).as("request %d", i).isIn(0, designs.size());
      blocked += yes / designs.size();
    }
    return blocked;
  }

  private GuavaDesign guava(MadeList made) throws Exception {
    PreCheckCompiler compiler = new PreCheckCompiler(PRE_CHECK_KEY);
    MadeList.each(this::read, compiler::add);
    return new GuavaDesign(made.bytes(), MadeList.KEY, compiler.compile(), PRE_CHECK_KEY);
  }

  private MadeList compile() throws IOException, ListFormatException {
    return MadeList.compile(this::read);
  }

  private void read(ListSink sink) throws IOException {
    ListFormat.NATIVE.read(mix.listText(), sink);
  }
}
