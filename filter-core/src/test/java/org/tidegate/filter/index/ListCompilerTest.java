package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

class ListCompilerTest {

  @Test
  void orderOfTheLinesDoesNotMatter() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      lines.add("h" + i % 700 + ".crowd.example/page" + i);
    }
    byte[] first = bytes(lines);
    Collections.shuffle(lines, new Random(1));

    assertThat(bytes(lines)).isEqualTo(first);
  }

  @Test
  void whoDoesTheWorkDoesNotMatter() throws ListFormatException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add("h" + i % 7000 + ".crowd.example/page" + i % 14_000);
    }
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      ListCompiler elsewhere = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED, workers);
      TestLists.add(elsewhere, String.join("\n", lines));
      Compilation made = elsewhere.compile();

      assertThat(made.bytes()).isEqualTo(bytes(lines));
      assertThat(made.duplicates()).isEqualTo(6000);
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void whatABroaderEntryCoversIsCounted() {
    assertThat(covered("a.example", "=b.a.example", "c.b.a.example", "b.a.example/page"))
        .isEqualTo(3);
    assertThat(covered("a.example", "=a.example", "a.example/", "xa.example")).isEqualTo(2);
    assertThat(covered("=a.example", "a.example/page", "b.a.example/page")).isEqualTo(1);
    assertThat(covered("a.example/x/", "a.example/x/y/", "a.example/x/y?q", "a.example/x"))
        .isEqualTo(2);
    assertThat(covered("a.example/", "a.example/x", "a.example:8080/x", "b.a.example/x"))
        .isEqualTo(1);
    assertThat(covered("a.example/x", "a.example/x?q", "a.example/y?q", "a.example/x/"))
        .isEqualTo(1);
    assertThat(covered("a.example/x", "a.example/x?q")).isEqualTo(1);
    assertThat(covered("a.example/x", "a.example/x", "b.example/x")).isZero();
    assertThat(covered("192.0.2.1", "192.0.2.1/x", "192.0.2.2/x")).isEqualTo(1);
  }

  @Test
  void entriesOfALargeHostAreCoveredOneByOne() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add("a.example/" + (i % 2 == 0 ? "below" : "beside") + "/page" + i);
      lines.add("a.example/p" + i + "?q");
    }
    assertThat(covered(lines.toArray(String[]::new))).isZero();

    lines.add("a.example/below/");
    lines.add("a.example/p7");
    assertThat(covered(lines.toArray(String[]::new))).isEqualTo(101);
  }

  private static int covered(String... lines) {
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED).countCovered();
    TestLists.add(compiler, String.join("\n", lines));
    return TestLists.compile(compiler).covered().orElseThrow();
  }

  @Test
  void aConfirmedTopLevelDomainCoversWhatIsBelowIt() {
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .confirm(TestLists.host("invalid"))
            .countCovered();
    TestLists.add(compiler, "invalid\na.invalid/x\nb.example");

    assertThat(TestLists.compile(compiler).covered()).hasValue(1);
  }

  @Test
  void whatIsCoveredIsCountedOnlyIfAskedFor() {
    assertThat(TestLists.compilation(TestLists.KEY, "a", "a.example", "=a.example").covered())
        .isEmpty();
  }

  @Test
  void theCanaryIsNeitherCoveredNorHeldBack() {
    assertThat(covered("a.canary.invalid")).isZero();
    assertThat(covered("a.canary.invalid", "a.canary.invalid/x")).isEqualTo(1);
    assertThat(covered("a.canary.invalid/x", "a.canary.invalid/y")).isEqualTo(2);
    assertThat(covered("=a.canary.invalid")).isZero();

    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .share(TestLists.host("a.canary.invalid"));
    TestLists.add(compiler, "b.example");
    Compilation made = TestLists.compile(compiler);

    assertThat(made.heldBack()).isZero();
    assertThat(TestLists.open(made).entries()).isEqualTo(1);
  }

  @Test
  void anotherKeyMakesOtherBytes() {
    ListKey other = ListKey.of("other-key-012345".getBytes(US_ASCII));

    assertThat(TestLists.compilation(other, "a", "host.example/page").bytes())
        .isNotEqualTo(TestLists.compilation(TestLists.KEY, "a", "host.example/page").bytes());
  }

  @Test
  void duplicatesAreCountedAndTheFirstLineKept() {
    Compilation made =
        TestLists.compilation(
            TestLists.KEY, "a", "x.example/b", "x.example/a", "http://x.example/b", "x.example/b");

    assertThat(made.entries()).isEqualTo(2);
    assertThat(made.entries(Scope.PAGE)).isEqualTo(2);
    assertThat(made.duplicates()).isEqualTo(2);
    assertThat(List.of(made.line(1), made.line(2), made.line(3)))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void theFirstLineIsKeptInWhateverOrderTheyCome() {
    ListEntry entry = ListEntry.host(TestLists.host("a.example"));
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    for (int line : new int[] {7, 3, 5}) {
      compiler.add(entry, line);
    }

    Compilation made = TestLists.compile(compiler);

    int number = TestLists.open(made).find(TestLists.KEY, entry).orElseThrow().entry();
    assertThat(made.line(number)).isEqualTo(3);
  }

  @Test
  void everyEntryNumberLeadsBackToItsLine() {
    String[] lines = new String[500];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "h" + i % 50 + ".example/page" + i;
    }
    Compilation made = TestLists.compilation(TestLists.KEY, "a", lines);
    CompiledList list = TestLists.open(made);

    for (int i = 0; i < lines.length; i++) {
      ListEntry entry = ListEntry.page(CanonicalUrl.parse(lines[i]).orElseThrow());
      assertThat(list.find(TestLists.KEY, entry))
          .hasValueSatisfying(match -> assertThat(match.scope()).isEqualTo(Scope.PAGE))
          .map(match -> made.line(match.entry()))
          .contains(i + 1);
    }
    for (int number : new int[] {0, -1, 502}) {
      assertThatThrownBy(() -> made.line(number)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everyListHasItsCanaryUncounted() {
    Compilation made = TestLists.compilation(TestLists.KEY, "iwf");
    CompiledList list = TestLists.open(made);

    assertThat(CompiledList.canary("iwf").text()).isEqualTo("iwf.canary.invalid");
    assertThat(list.entries()).isZero();
    assertThat(list.find(new Lookup(TestLists.KEY, CompiledList.canary("iwf")))).isPresent();
    assertThat(list.find(new Lookup(TestLists.KEY, CompiledList.canary("iwg")))).isEmpty();
    assertThat(made.line(1)).isZero();
  }

  @Test
  void aCanaryInTheTextIsNoEntry() {
    Compilation made = TestLists.compilation(TestLists.KEY, "iwf", "=iwf.canary.invalid");

    assertThat(made.entries()).isZero();
    assertThat(TestLists.open(made).entries()).isZero();
  }

  @Test
  void namesSerialsAndTimesAreChecked() {
    for (String name : new String[] {"", "A", "a b", "a.b", "a".repeat(33)}) {
      assertThatThrownBy(() -> new ListCompiler(TestLists.KEY, name, 1, TestLists.CREATED))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new ListCompiler(TestLists.KEY, "a", -1, TestLists.CREATED))
        .isInstanceOf(IllegalArgumentException.class);
    for (String time : new String[] {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"}) {
      Instant created = Instant.parse(time);
      assertThatThrownBy(() -> new ListCompiler(TestLists.KEY, "a", 0, created))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String time : new String[] {"1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"}) {
      Instant created = Instant.parse(time);
      Compilation made = TestLists.compile(new ListCompiler(TestLists.KEY, "a", 0, created));

      assertThat(TestLists.open(made).serial()).isZero();
      assertThat(TestLists.open(made).created()).isEqualTo(created.truncatedTo(SECONDS));
    }
  }

  @Test
  void keysAreNamedButNotDisclosed() {
    ListKey key = ListKey.random(new SecureRandom());

    assertThat(ListKey.of(key.bytes())).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(key).hasToString("ListKey[" + key.id() + "]");
    assertThat(key.id()).matches("[0-9a-f]{16}");
    assertThat(ListKey.random(new SecureRandom())).isNotEqualTo(key);
    assertThat(ListKey.random(new SecureRandom()).id()).isNotEqualTo(key.id());
    assertThatThrownBy(() -> ListKey.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(List<String> lines) {
    return TestLists.compilation(TestLists.KEY, "a", lines.toArray(String[]::new)).bytes();
  }
}
