package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

/** The bytes of a compiled list are those that docs/compiled-list.md says. */
class CompiledBytesTest {
  private static final byte[] KEY = "a-key-of-128-bit".getBytes(US_ASCII);
  private static final long SEED = 20261126;

  @Test
  void ofNothingButTheCanary() {
    compare(List.of());
  }

  @Test
  void ofEveryScopePortAndKindOfHost() {
    List<ListEntry> entries = new ArrayList<>();
    for (String host : List.of("a.example", "b.c.a.example", "one", "192.0.2.1", "[2001:db8::1]")) {
      entries.add(ListEntry.domain(TestLists.host(host)));
      entries.add(ListEntry.host(TestLists.host(host)));
      for (String rest : List.of("/", "/x", ":8080/x/", "/x?q=1", "/a/long/path/below?a&b")) {
        entries.addAll(pages(host + rest));
      }
    }
    entries.addAll(List.copyOf(entries));

    compare(entries);
  }

  @Test
  void ofCrowdsAndThoseThatFallShortByOne() {
    List<ListEntry> entries = new ArrayList<>();
    for (int i = 0; i <= Roots.CROWD; i++) {
      entries.add(ListEntry.host(TestLists.host("h" + i + ".co.example")));
      entries.addAll(pages("h" + i + ".a.b.test/" + i));
      if (i < Roots.CROWD) {
        entries.add(ListEntry.domain(TestLists.host("h" + i + ".full.invalid")));
      }
    }
    for (String host : List.of("co.example", "full.invalid", "www.full.test", "b.test")) {
      entries.add(ListEntry.domain(TestLists.host(host)));
    }

    compare(entries);
  }

  /** Among them hosts with more rules than have room in their slots, and many lists' sizes. */
  @Test
  void ofAsManyRulesAsMayBe() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int hosts : new int[] {1, 2, 5, 11, 23, 100, 1000}) {
      List<ListEntry> entries = new ArrayList<>();
      for (int host = 0; host < hosts; host++) {
        int pages = host < 3 ? RuleTable.FEW - 1 + host : host == 3 ? 500 : 1 + random.nextInt(4);
        for (int page = 0; page < pages; page++) {
          String text = "h" + host + ".of" + random.nextInt(hosts) + ".example/" + page;
          entries.add(ListEntry.page(url("h" + host + ".example/" + page)));
          entries.add(ListEntry.page(url(text)));
        }
      }
      compare(entries);
    }
  }

  private static void compare(List<ListEntry> entries) {
    ListKey key = ListKey.of(KEY);
    ListCompiler compiler = new ListCompiler(key, "a-list-1", 812, TestLists.CREATED);
    entries.forEach(entry -> compiler.confirm(entry.host()));
    entries.forEach(entry -> compiler.add(entry, 1));
    byte[] expected =
        new ReferenceCompiler(KEY).compile("a-list-1", 812, TestLists.CREATED, entries);

    Compilation made = TestLists.compile(compiler);

    assertThat(made.bytes()).as("seed %d", SEED).isEqualTo(expected);
    verify(TestLists.open(made), key, entries);
  }

  /** Each entry is found by its number, and by what it covers. */
  private static void verify(CompiledList list, ListKey key, List<ListEntry> entries) {
    for (ListEntry entry : entries) {
      Optional<Match> match = list.find(key, entry);
      assertThat(match).map(Match::scope).contains(entry.scope());
      Lookup lookup =
          entry.url().map(url -> new Lookup(key, url)).orElse(new Lookup(key, entry.host()));
      assertThat(list.find(lookup)).isPresent();
      assertThat(list.candidates(lookup)).isEqualTo(-1);
    }
    assertThat(entries.stream().distinct().map(entry -> list.find(key, entry)).distinct())
        .hasSize(list.entries());
    for (Scope scope : Scope.values()) {
      assertThat(entries.stream().distinct().filter(entry -> entry.scope() == scope))
          .hasSize(list.entries(scope));
    }
  }

  private static List<ListEntry> pages(String text) {
    CanonicalUrl url = url(text);
    ListEntry page = ListEntry.page(url);
    ListEntry exact = ListEntry.exact(url);
    boolean prefix = url.bytes()[url.pathEnd() - 1] == '/';
    return prefix ? List.of(page, exact, ListEntry.prefix(url)) : List.of(page, exact);
  }

  private static CanonicalUrl url(String text) {
    return CanonicalUrl.parse(text).orElseThrow();
  }
}
