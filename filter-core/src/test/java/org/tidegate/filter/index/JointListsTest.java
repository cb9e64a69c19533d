package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

class JointListsTest {
  private static final int LISTS = 32;
  private static final int HOSTS = 200;

  private final JointLists lists =
      JointLists.of(
          IntStream.range(0, LISTS)
              .mapToObj(list -> TestLists.compile("list" + list, entries(list)))
              .toList());

  /** Each list names hosts of its own, and pages below a host that all name. */
  private static String[] entries(int list) {
    List<String> entries = new ArrayList<>(List.of("www.shared.example/" + list));
    for (int host = 0; host < HOSTS; host++) {
      entries.add("=h" + host + ".of" + list + ".example");
    }
    return entries.toArray(String[]::new);
  }

  @Test
  void namesAtLeastTheListsThatNameTheHost() {
    for (int list = 0; list < LISTS; list++) {
      for (int host = 0; host < HOSTS; host++) {
        assertThat(candidates("h" + host + ".of" + list + ".example/x") & JointLists.bit(list))
            .isEqualTo(JointLists.bit(list));
      }
    }
    assertThat(candidates("www.shared.example/7")).isEqualTo(-1);
  }

  @Test
  void leavesOutNearlyAllOthers() {
    int others = 0;
    for (int list = 0; list < LISTS; list++) {
      for (int host = 0; host < HOSTS; host++) {
        others += Integer.bitCount(candidates("h" + host + ".of" + list + ".example/x")) - 1;
      }
    }
    assertThat(others).isLessThan(LISTS * HOSTS / 5);
  }

  @Test
  void asksNoListForAnUnlistedHostBelowListedOnes() {
    int asked = 0;
    for (int host = 0; host < 1000; host++) {
      asked += candidates("other" + host + ".of1.example/") == 0 ? 0 : 1;
    }
    assertThat(asked).isLessThan(250);
    assertThat(candidates("unlisted.test/")).isZero();
  }

  @Test
  void moreHostsThanATableCanHaveAreSearchedInEveryList() {
    CompiledList one = TestLists.compile("one", "a.example", "=intranet");
    CompiledList two = TestLists.compile("two", "b.example/x");
    ListSelection selection = JointLists.selection(List.of(one, two), 2);
    Lookup lookup = lookup("b.example/x");

    assertThat(selection.candidates(lookup)).isEqualTo(-1);
    assertThat(one.search(lookup, JointLists.bit(0))).isZero();
    assertThat(two.search(lookup, JointLists.bit(1))).isNotZero();
    assertThat(JointLists.selection(List.of(one, two))).isInstanceOf(JointLists.class);
    assertThat(JointLists.selection(List.of(one))).isSameAs(one);
    long homes = HostTable.homes((int) JointLists.MOST_HOSTS);
    assertThat(homes * HostTable.SLOT).isLessThan(Integer.MAX_VALUE - 100_000_000L);
  }

  @Test
  void oneLabelIsAskedOfListsThatHaveSome() {
    JointLists joint =
        JointLists.of(
            List.of(
                TestLists.compile("one", "=intranet"), TestLists.compile("two", "a.example/b")));

    assertThat(joint.candidates(lookup("intranet/"))).isEqualTo(JointLists.bit(0));
    assertThat(joint.candidates(lookup("other/"))).isZero();
    assertThat(joint.candidates(lookup("a.example/b"))).isEqualTo(JointLists.bit(1));
    assertThat(joint.candidates(lookup("a.example/"))).isZero();
  }

  @Test
  void aListIsSearchedWhereItMayHaveTheHostOrNothingIsKnown() {
    CompiledList one = TestLists.compile("one", "a.example", "b.test/x");
    CompiledList two = TestLists.compile("two", "=www.a.example", "c.test");
    JointLists joint = JointLists.of(List.of(one, two));

    Lookup known = lookup("www.a.example/");
    assertThat(joint.candidates(known)).isEqualTo(JointLists.bit(0) | JointLists.bit(1));
    Lookup unknown = lookup("www.a.example/");
    for (Lookup lookup : List.of(known, unknown)) {
      assertThat(CompiledList.match(one.search(lookup, 1)).scope()).isEqualTo(Scope.DOMAIN);
      assertThat(CompiledList.match(two.search(lookup, 2)).scope()).isEqualTo(Scope.HOST);
    }
    Lookup page = lookup("b.test/y");
    assertThat(joint.candidates(page)).isZero();
    assertThat(one.search(page, 1)).isZero();
    assertThat(two.search(page, 2)).isZero();
  }

  @Test
  void aDomainCoversWhatIsBelowItThoughItIsCrowded() {
    List<String> entries = new ArrayList<>(List.of("crowd.example"));
    for (int host = 0; host <= Roots.CROWD; host++) {
      entries.add("=h" + host + ".crowd.example");
    }
    CompiledList crowd = TestLists.compile("one", entries.toArray(String[]::new));
    assertThat(crowd.roots().crowded()).isEqualTo(1);
    JointLists joint = JointLists.of(List.of(TestLists.compile("two", "a.test/x"), crowd));

    for (String host : List.of("crowd.example", "new.crowd.example", "a.b.crowd.example")) {
      assertThat(joint.candidates(lookup(host + "/"))).isEqualTo(JointLists.bit(1));
    }
  }

  private int candidates(String url) {
    return lists.candidates(lookup(url));
  }

  private static Lookup lookup(String url) {
    return new Lookup(TestLists.KEY, CanonicalUrl.parse(url).orElseThrow());
  }
}
