package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.url.CanonicalUrl;

class JointHostsTest {
  private static final long SEED = 20261126;
  private static final String[] PATHS = {"/", "/a", "/a/b", "/b/", "/a/b?q=1", "/c?q", "/a/b/c"};

  @Test
  void leavesOutNoListThatCovers() {
    Random random = new Random(SEED);
    int covered = 0;
    int spared = 0;
    for (int round = 0; round < 40; round++) {
      List<CompiledList> lists = lists(random, 1 + random.nextInt(36), 2 + random.nextInt(60));
      JointHosts hosts = JointHosts.of(lists);
      for (int i = 0; i < 300; i++) {
        String url = host(random, 80) + PATHS[random.nextInt(PATHS.length)];
        int named = named(hosts, url);
        for (int list = 0; list < lists.size(); list++) {
          boolean covers = lists.get(list).find(lookup(url)).isPresent();
          assertThat(!covers || (named & JointLists.bit(list)) != 0).as("seed " + SEED).isTrue();
          covered += covers ? 1 : 0;
          spared += named == 0 ? 1 : 0;
        }
      }
    }
    assertThat(covered).isGreaterThan(5_000);
    assertThat(spared).isGreaterThan(20_000);
  }

  @Test
  void namesTheListsThatHaveTheHostWhereOneOfThemMayCover() {
    JointHosts hosts =
        JointHosts.of(
            List.of(
                TestLists.compile("a", "www.a.example/x"),
                TestLists.compile("b", "b.example"),
                TestLists.compile("c", "www.a.example/y", "c.example/z")));

    assertThat(named(hosts, "www.a.example/x")).isEqualTo(0b101);
    assertThat(named(hosts, "www.a.example/y")).isEqualTo(0b101);
    assertThat(named(hosts, "www.a.example/other")).isZero();
    assertThat(named(hosts, "deep.b.example/")).isEqualTo(0b010);
    assertThat(named(hosts, "b.example/")).isEqualTo(0b010);
    assertThat(named(hosts, "c.example/z")).isEqualTo(0b100);
    assertThat(named(hosts, "deep.c.example/z")).isZero();
    assertThat(named(hosts, "a.example/x")).isZero();
    assertThat(named(hosts, "unlisted.test/")).isZero();
  }

  @Test
  void eachScopeIsAskedByItsOwnKey() {
    String[] entries = {"d.example", "=h.example", "p.example/a/b/", "u.example/a/b?q=1"};
    JointHosts hosts = JointHosts.of(List.of(TestLists.compile("a", entries)));

    assertThat(named(hosts, "www.d.example/any?q")).isEqualTo(1);
    assertThat(named(hosts, "h.example/any?q")).isEqualTo(1);
    assertThat(named(hosts, "www.h.example/")).isZero();
    assertThat(named(hosts, "p.example/a/b/c?q")).isEqualTo(1);
    assertThat(named(hosts, "p.example/a/")).isZero();
    assertThat(named(hosts, "u.example/a/b?q=1")).isEqualTo(1);
    assertThat(named(hosts, "u.example/a/b?q=2")).isZero();
  }

  @Test
  void theThirtySecondListHasTheHighestBitAndTheNextSharesTheFirst() {
    List<CompiledList> lists = new ArrayList<>();
    for (int list = 0; list < 33; list++) {
      lists.add(TestLists.compile("list" + list, "h" + list + ".example"));
    }
    JointHosts hosts = JointHosts.of(lists);

    assertThat(named(hosts, "h31.example/")).isEqualTo(Integer.MIN_VALUE);
    assertThat(named(hosts, "h30.example/")).isEqualTo(1 << 30);
    assertThat(named(hosts, "h32.example/")).isEqualTo(1);
    assertThat(named(hosts, "h0.example/")).isEqualTo(1);
  }

  @Test
  void listsWithoutEntriesNameNothing() {
    JointHosts hosts = JointHosts.of(List.of(TestLists.compile("a"), TestLists.compile("b")));

    assertThat(named(hosts, "a.example/")).isZero();
    assertThat(named(hosts, "a.canary.invalid/")).isEqualTo(0b01);
    assertThat(named(hosts, "b.canary.invalid/")).isEqualTo(0b10);
  }

  @Test
  void disclosesNothing() {
    assertThat(JointHosts.of(List.of(TestLists.compile("a", "b.example"))))
        .hasToString("JointHosts");
  }

  private static List<CompiledList> lists(Random random, int count, int entries) {
    List<CompiledList> lists = new ArrayList<>();
    for (int list = 0; list < count; list++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        String host = host(random, 80);
        String path = PATHS[random.nextInt(PATHS.length)];
        lines.add(
            switch (random.nextInt(5)) {
              case 0 -> host;
              case 1 -> "=" + host;
              default -> host + path;
            });
      }
      lists.add(TestLists.compile("list" + list, lines.toArray(String[]::new)));
    }
    return lists;
  }

  private static String host(Random random, int most) {
    return (random.nextInt(4) == 0 ? "www." : "") + "h" + random.nextInt(most) + ".test";
  }

  private static int named(JointHosts hosts, String url) {
    Lookup lookup = lookup(url);
    int named = 0;
    for (int suffix = 0; lookup.hasSuffix(suffix); suffix++) {
      named |= hosts.lists(lookup, suffix);
    }
    return named;
  }

  private static Lookup lookup(String url) {
    return new Lookup(TestLists.KEY, CanonicalUrl.parse(url).orElseThrow());
  }
}
