package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;

/** What a compiler holds back, and what it lists because it was confirmed. */
class HoldRulesTest {

  @Test
  void publicSuffixesAreHeldBackAsDomains() {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    TestLists.add(compiler, "co.uk\ncom\ninvalid\n=co.uk\nco.uk/page\nblogspot.com\na.co.uk");

    Compilation made = TestLists.compile(compiler);

    assertThat(made.heldBack()).isEqualTo(4);
    assertThat(made.heldBack(HoldReason.REGISTRY_SUFFIX)).isEqualTo(3);
    assertThat(made.heldBack(HoldReason.PRIVATE_SUFFIX)).isEqualTo(1);
    assertThat(made.held())
        .containsExactly(
            new HeldEntry(1, HoldReason.REGISTRY_SUFFIX),
            new HeldEntry(2, HoldReason.REGISTRY_SUFFIX),
            new HeldEntry(3, HoldReason.REGISTRY_SUFFIX),
            new HeldEntry(6, HoldReason.PRIVATE_SUFFIX));
    assertThat(made.entries()).isEqualTo(3);
  }

  @Test
  void aNameWhoseSubdomainsAreAllPublicSuffixesIsHeldBack() {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    TestLists.add(
        compiler, "kawasaki.jp\nx.kawasaki.jp\ncity.kawasaki.jp\na.b.kawasaki.jp\n=kawasaki.jp");

    Compilation made = TestLists.compile(compiler);

    assertThat(made.heldBack()).isEqualTo(2);
    assertThat(made.entries()).isEqualTo(3);
  }

  @Test
  void aNameWithOnePublicSuffixBelowIsListed() {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    TestLists.add(compiler, "mythic-beasts.com");

    assertThat(TestLists.compile(compiler).heldBack()).isZero();
  }

  @Test
  void confirmedSuffixesAreListed() {
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .confirm(TestLists.host("co.uk"))
            .confirm(TestLists.host("test"));
    TestLists.add(compiler, "co.uk\ntest\ncom");

    Compilation made = TestLists.compile(compiler);

    assertThat(made.heldBack()).isEqualTo(1);
    assertThat(made.entries(Scope.DOMAIN)).isEqualTo(2);
  }

  @Test
  void allOfASharedHostIsHeldBackUntilConfirmed() {
    String text =
        "videos.example\n=www.videos.example\nwww.videos.example/\n"
            + "other.videos.example\n=videos.example\na.www.videos.example";
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .share(TestLists.host("www.videos.example"));
    TestLists.add(compiler, text + "\nwww.videos.example/page\nwww.videos.example/below/");

    Compilation made = TestLists.compile(compiler);

    assertThat(made.held())
        .extracting(HeldEntry::line, HeldEntry::reason)
        .containsExactly(
            tuple(1, HoldReason.SHARED_HOST),
            tuple(2, HoldReason.SHARED_HOST),
            tuple(3, HoldReason.SHARED_HOST));
    assertThat(made.entries()).isEqualTo(5);

    ListCompiler confirmed =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .share(TestLists.host("www.videos.example"))
            .confirm(TestLists.host("videos.example"));
    TestLists.add(confirmed, text);

    assertThat(TestLists.compile(confirmed).heldBack(HoldReason.SHARED_HOST)).isEqualTo(2);
  }

  @Test
  void aPublicSuffixThatIsSharedIsHeldBackAsASuffix() {
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED)
            .share(TestLists.host("www.co.uk"));
    TestLists.add(compiler, "co.uk\nwww.co.uk");

    assertThat(TestLists.compile(compiler).held())
        .containsExactly(
            new HeldEntry(1, HoldReason.REGISTRY_SUFFIX), new HeldEntry(2, HoldReason.SHARED_HOST));
  }

  @Test
  void confirmedEntriesAreNamedByNumberEachOnce() {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    List<String> suffixes = List.of("co.uk", "test", "blogspot.com", "org.uk", "com");
    suffixes.subList(0, 4).forEach(suffix -> compiler.confirm(TestLists.host(suffix)));
    for (String suffix : suffixes) {
      TestLists.add(compiler, suffix + "\n=" + suffix + "\n" + suffix + "/x\n" + suffix);
    }

    Compilation made = TestLists.compile(compiler);

    CompiledList list = TestLists.open(made);
    assertThat(made.confirmed())
        .extracting(ConfirmedEntry::number, ConfirmedEntry::reason)
        .containsExactly(
            tuple(number(list, "co.uk"), HoldReason.REGISTRY_SUFFIX),
            tuple(number(list, "test"), HoldReason.REGISTRY_SUFFIX),
            tuple(number(list, "blogspot.com"), HoldReason.PRIVATE_SUFFIX),
            tuple(number(list, "org.uk"), HoldReason.REGISTRY_SUFFIX));
    assertThat(made.held()).extracting(HeldEntry::line).containsExactly(1, 4);
  }

  @Test
  void whatIsHeldBackIsKeptByLineAndReasonHoweverMuchItIs() {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED);
    int lines = 200_000;
    for (int line = 1; line <= lines; line++) {
      compiler.add(ListEntry.domain(TestLists.host(line % 2 == 0 ? "com" : "blogspot.com")), line);
    }

    Compilation made = TestLists.compile(compiler);

    assertThat(made.heldBack()).isEqualTo(lines);
    assertThat(made.heldBack(HoldReason.PRIVATE_SUFFIX)).isEqualTo(lines / 2);
    assertThat(made.held().get(lines - 1))
        .isEqualTo(new HeldEntry(lines, HoldReason.REGISTRY_SUFFIX));
    assertThat(made.held()).first().isEqualTo(new HeldEntry(1, HoldReason.PRIVATE_SUFFIX));
  }

  private static int number(CompiledList list, String domain) {
    ListEntry entry = ListEntry.domain(TestLists.host(domain));
    return list.find(TestLists.KEY, entry).orElseThrow().entry();
  }
}
