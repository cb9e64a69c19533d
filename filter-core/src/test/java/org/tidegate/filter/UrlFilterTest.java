package org.tidegate.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.TestLists;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

class UrlFilterTest {
  private static final ListKey OTHER_KEY = ListKey.of("other-key-012345".getBytes(US_ASCII));

  private final UrlFilter filter = new UrlFilter(TestLists.KEY, OTHER_KEY);

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/scopes.tsv", delimiter = '\t')
  void entriesNeverWiden(String entry, String door, String asked, String expected)
      throws ListFormatException {
    filter.install(TestLists.compile("vectors", entry));

    Verdict verdict = door.equals("host") ? checkHost(asked) : check(asked);

    assertThat(verdict instanceof Verdict.Blocked).isEqualTo(expected.equals("blocked"));
  }

  @Test
  void withoutListsItIsUndecided() {
    assertThat(check("host.example/")).isEqualTo(new Verdict.Undecided(Verdict.Reason.NO_LIST));
  }

  @Test
  void namesListSerialEntryAndScope() throws ListFormatException {
    Compilation made = TestLists.compilation(TestLists.KEY, "one", "a.example/b", "c.example");
    filter.install(TestLists.open(made));

    assertThat(check("www.c.example/x"))
        .isInstanceOfSatisfying(
            Verdict.Blocked.class,
            blocked -> {
              assertThat(blocked.list()).isEqualTo("one");
              assertThat(blocked.serial()).isEqualTo(1);
              assertThat(blocked.scope()).isEqualTo(Scope.DOMAIN);
              assertThat(made.line(blocked.entry())).isEqualTo(2);
            });
  }

  @Test
  void theListInstalledFirstIsNamed() throws ListFormatException {
    filter.install(TestLists.compile("one", "a.example/b"));
    filter.install(TestLists.open(TestLists.compilation(OTHER_KEY, "two", "a.example")));
    assertThat(listOf(check("a.example/b"))).isEqualTo("one");
    assertThat(listOf(check("a.example/c"))).isEqualTo("two");

    filter.install(TestLists.compile("one", "a.example/c"));

    assertThat(listOf(check("a.example/b"))).isEqualTo("two");
    assertThat(listOf(check("a.example/c"))).isEqualTo("one");
    assertThat(filter.lists()).extracting(CompiledList::name).containsExactly("one", "two");
  }

  @Test
  void uninstalledListsBlockNothing() throws ListFormatException {
    filter.install(TestLists.compile("one", "a.example"));
    filter.install(TestLists.compile("two", "b.example"));

    assertThat(filter.uninstall("one")).isTrue();
    assertThat(filter.uninstall("one")).isFalse();

    assertThat(check("a.example/")).isInstanceOf(Verdict.Allowed.class);
    assertThat(check("b.example/")).isInstanceOf(Verdict.Blocked.class);
  }

  @Test
  void aListUnderAForeignKeyIsRefused() {
    UrlFilter narrow = new UrlFilter(OTHER_KEY);

    assertThatThrownBy(() -> narrow.install(TestLists.compile("one", "a.example")))
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY));
  }

  /** Bytes changed after they were verified: nobody may do it, and still nothing opens. */
  @Test
  void whatCannotBeMatchedIsUndecidedUnlessAnotherListBlocks() throws ListFormatException {
    Compilation broken = TestLists.compilation(TestLists.KEY, "broken", "a.example", "b.example");
    filter.install(TestLists.open(broken));
    filter.install(TestLists.compile("whole", "a.example/b"));
    ByteBuffer bytes = ByteBuffer.wrap(broken.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int slot = (int) bytes.getLong(120); slot < bytes.getLong(144); slot += 16) {
      bytes.putInt(slot + 8, 0x0FFFFF00 + slot / 16);
    }

    assertThat(check("b.example/")).isEqualTo(new Verdict.Undecided(Verdict.Reason.MATCHER_FAILED));
    assertThat(check("a.example/b")).isInstanceOf(Verdict.Blocked.class);
  }

  @Test
  void printsNothingOfWhatItIsAsked() throws ListFormatException {
    filter.install(TestLists.compile("one", "a.example"));

    assertThat(check("secret.a.example/path").toString())
        .doesNotContain("secret", "example", "path");
  }

  private static String listOf(Verdict verdict) {
    return verdict instanceof Verdict.Blocked blocked ? blocked.list() : "none";
  }

  private Verdict check(String url) {
    return filter.check(CanonicalUrl.parse(url).orElseThrow());
  }

  private Verdict checkHost(String host) {
    return filter.check(CanonicalHost.parse(host).orElseThrow());
  }
}
