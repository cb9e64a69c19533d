package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/** Looking up what is deep, crowded or next to something listed. */
class SearchTest {
  private static final String DEEP = "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.example";

  @Test
  void whatIsUnlistedIsMostlyNoCandidate() {
    CompiledList list = TestLists.compile("a", "a.example/x", "=intranet", "b.c.test");

    assertThat(list.candidates(lookup("www.a.example/"))).isEqualTo(-1);
    assertThat(list.candidates(lookup("intranet/"))).isEqualTo(-1);
    assertThat(list.candidates(lookup("extranet/"))).isZero();
    long candidates =
        IntStream.range(0, 1000)
            .filter(i -> list.candidates(lookup("h" + i + ".d" + i + ".test/")) != 0)
            .count();
    assertThat(candidates).isLessThan(50);
  }

  @Test
  void noLabelAloneIsACandidateWhereNoneIsListed() {
    CompiledList list = TestLists.compile("a", "intranet.example", "192.0.2.1/x");

    assertThat(list.candidates(lookup("intranet/"))).isZero();
    assertThat(list.candidates(lookup("192.0.2.1/"))).isEqualTo(-1);
    assertThat(scope(list, "192.0.2.1/x")).isEqualTo(Scope.PAGE);
  }

  @Test
  void everySuffixOfADeepHostIsLookedUp() {
    for (int dot = 0; dot >= 0; dot = DEEP.indexOf('.', dot + 1)) {
      String suffix = DEEP.substring(dot == 0 ? 0 : dot + 1);
      if (suffix.indexOf('.') > 0) {
        CompiledList list = TestLists.compile("a", suffix);
        JointLists joint = JointLists.of(List.of(list, TestLists.compile("b", "b.test/x")));
        assertThat(scope(list, DEEP + "/")).isEqualTo(Scope.DOMAIN);
        Lookup lookup = lookup(DEEP + "/");
        assertThat(joint.candidates(lookup) & 1).isEqualTo(1);
        assertThat(list.search(lookup, 1)).isNotZero();
      }
    }
  }

  @Test
  void everySlashOfADeepPathIsLookedUp() {
    String path = "a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/";
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      CompiledList list = TestLists.compile("a", path.substring(0, slash + 1));
      assertThat(scope(list, path + "page?q")).isEqualTo(Scope.PREFIX);
    }
  }

  /** The memory that a long one took is given back, and nothing of it is taken for the next. */
  @Test
  void oneLookupServesLongAndShort() {
    CompiledList list = TestLists.compile("a", "=b.example", "c.example/x/", "c.example/y");
    String longHost = "a.".repeat(120) + "b.example";
    List<String> urls =
        List.of(
            longHost + "/",
            "b.example/",
            "c.example" + "/x".repeat(2000),
            "c.example/x/",
            "c.example/y" + "/".repeat(3) + "x",
            "c.example/y?q");
    Lookup reused = lookup("d.test/");
    List<Boolean> found = new ArrayList<>();
    for (String url : urls) {
      UrlView view = new UrlView();
      view.show(CanonicalUrl.parse(url).orElseThrow());
      reused.begin(view);
      found.add(list.find(reused).isPresent());
    }

    assertThat(found).containsExactly(false, true, true, true, false, true);
  }

  @Test
  void whatLiesBelowACrowdIsFoundAndNothingElse() {
    CompiledList list = TestLists.compile("a", crowd("co.test", "co.test/page"));

    assertThat(list.roots().crowded()).isEqualTo(1);
    assertThat(scope(list, "h7.co.test/")).isEqualTo(Scope.HOST);
    assertThat(scope(list, "co.test/page")).isEqualTo(Scope.PAGE);
    assertThat(list.find(lookup("www.h7.co.test/"))).isEmpty();
    assertThat(list.find(lookup("other.co.test/"))).isEmpty();
    assertThat(list.find(lookup("co.test/"))).isEmpty();
  }

  /** What is crowded in one list is a root in the other, or nothing at all. */
  @Test
  void listsAgreeOnWhatIsCrowdedInOneOfThem() {
    CompiledList crowded = TestLists.compile("a", crowd("co.test", "x.example"));
    CompiledList other = TestLists.compile("b", "co.test/page", "=www.x.example");
    CompiledList third = TestLists.compile("c", "=deep.below.co.test");
    for (List<CompiledList> lists :
        List.of(
            List.of(crowded, other, third),
            List.of(third, crowded),
            List.of(other, third),
            List.of(crowded, TestLists.compile("d", crowd("co.example", "d.example"))))) {
      JointLists joint = JointLists.of(lists);
      for (String url :
          List.of(
              "h7.co.test/",
              "h7.co.example/",
              "co.test/page",
              "co.test/",
              "deep.below.co.test/",
              "www.x.example/",
              "other.co.test/",
              "d.example/")) {
        Lookup lookup = lookup(url);
        int candidates = joint.candidates(lookup);
        for (int i = 0; i < lists.size(); i++) {
          long alone = lists.get(i).search(lookup(url));
          assertThat(lists.get(i).search(lookup, JointLists.bit(i))).isEqualTo(alone);
          assertThat(alone == 0 || (candidates & JointLists.bit(i)) != 0).isTrue();
        }
      }
    }
  }

  /** The note that a list certainly does not have the host is relied upon. */
  @Test
  void aListIsNotSearchedWhereItCertainlyHasNotTheHost() {
    CompiledList listed = TestLists.compile("a", "a.example");
    JointLists without = JointLists.of(List.of(TestLists.compile("b", "b.example")));
    Lookup lookup = lookup("a.example/");

    assertThat(lookup.knowsLists()).isFalse();
    assertThat(without.candidates(lookup)).isZero();

    assertThat(lookup.knowsLists()).isTrue();
    assertThat(listed.search(lookup, 1)).isZero();
    assertThat(listed.search(lookup)).isNotZero();
  }

  private static String[] crowd(String suffix, String another) {
    List<String> lines = new ArrayList<>(List.of(another));
    for (int i = 0; i <= Roots.CROWD; i++) {
      lines.add("=h" + i + "." + suffix);
    }
    return lines.toArray(String[]::new);
  }

  private static Scope scope(CompiledList list, String url) {
    return list.find(lookup(url)).orElseThrow().scope();
  }

  private static Lookup lookup(String url) {
    return new Lookup(TestLists.KEY, CanonicalUrl.parse(url).orElseThrow());
  }
}
