package org.tidegate.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.TestLists;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

class PolicyTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/policy.tsv", delimiter = '\t')
  void judgesAsTheTableSays(
      String lists, @Nullable String groups, String client, String host, String expected)
      throws ListFormatException {
    UrlFilter filter =
        PolicyRows.filter(
            Arrays.stream(lists.split("\\|")).map(PolicyRows::list).toList(),
            groups == null
                ? List.of()
                : Arrays.stream(groups.split("\\|")).map(PolicyRows::group).toList());
    byte[] address = client.equals("-") ? null : Addresses.bytes(client);

    Judgement hostOnly = filter.judge(CanonicalHost.parse(host).orElseThrow(), address);
    Judgement url = filter.judge(CanonicalUrl.parse(host + "/x").orElseThrow(), address);

    assertThat(PolicyRows.words(hostOnly)).isEqualTo(expected);
    assertThat(PolicyRows.words(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PASS", "REFUSE"})
  void withoutListsTheOperatorsChoiceHolds(FailurePolicy chosen) {
    UrlFilter filter = new UrlFilter(new Policy(List.of(), List.of(), chosen));

    Judgement judgement = filter.judge(CanonicalUrl.parse("a.test").orElseThrow(), null);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.Undecided(Verdict.Reason.NO_LIST));
    assertThat(judgement.passes()).isEqualTo(chosen == FailurePolicy.PASS);
  }

  @Test
  void installsPolicyAndListsInOneStepAndKeepsWhatIsNamed() throws ListFormatException {
    UrlFilter filter = new UrlFilter(TestLists.KEY);
    filter.install(TestLists.compile("one", "a.test"));
    filter.install(TestLists.compile("two", "b.test"));

    filter.install(
        new Policy(
            List.of(ListPolicy.block("two"), ListPolicy.allow("ok")),
            List.of(),
            FailurePolicy.REFUSE),
        List.of(TestLists.KEY),
        List.of(TestLists.compile("ok", "www.b.test")));

    assertThat(filter.lists()).extracting(CompiledList::name).containsExactly("two", "ok");
    assertThat(check(filter, "a.test")).isEqualTo("allowed");
    assertThat(check(filter, "b.test")).isEqualTo("blocked two");
    assertThat(check(filter, "www.b.test")).isEqualTo("allowed");
  }

  @Test
  void aListOfAForeignKeyLeavesAllAsItWas() throws ListFormatException {
    UrlFilter filter = new UrlFilter(TestLists.KEY);
    filter.install(TestLists.compile("one", "a.test"));
    Policy before = filter.policy();

    assertThatThrownBy(
            () ->
                filter.install(
                    new Policy(List.of(), List.of(), FailurePolicy.PASS),
                    List.of(ListKey.of(new byte[ListKey.BYTES])),
                    List.of(TestLists.compile("two", "b.test"))))
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY));

    assertThat(filter.policy()).isSameAs(before);
    assertThat(check(filter, "a.test")).isEqualTo("blocked one");
  }

  /** A key may go before the first list under the new one is there: the last good one stays. */
  @Test
  void aListStaysUnderTheKeyItCameWith() throws ListFormatException {
    UrlFilter filter = new UrlFilter(TestLists.KEY);
    filter.install(TestLists.compile("one", "a.test"));

    filter.install(
        new Policy(List.of(ListPolicy.mandatory("one")), List.of(), FailurePolicy.REFUSE),
        List.of(ListKey.of(new byte[ListKey.BYTES])),
        List.of());

    assertThat(check(filter, "a.test")).isEqualTo("blocked one");
    assertThatThrownBy(() -> filter.install(TestLists.compile("one", "b.test")))
        .isInstanceOf(ListFormatException.class);
  }

  @Test
  void namesTheGroupOfAClient() {
    Policy policy =
        new Policy(
            List.of(),
            List.of(PolicyRows.group("lab 192.0.2.128/25,2001:db8::/32")),
            FailurePolicy.REFUSE);

    assertThat(policy.groupName(Addresses.bytes("192.0.2.129"))).isEqualTo("lab");
    assertThat(policy.groupName(Addresses.bytes("2001:db8::7"))).isEqualTo("lab");
    assertThat(policy.groupName(Addresses.bytes("192.0.2.1"))).isNull();
  }

  @Test
  void refusesWhatContradictsItself() {
    ListPolicy own = ListPolicy.block("own");
    refuses(List.of(own, ListPolicy.allow("own")), "two lists of one name");
    refuses(List.of(own), "unknown or mandatory", "g 192.0.2.0/24 other");
    refuses(List.of(ListPolicy.mandatory("iwf")), "unknown or mandatory", "g 192.0.2.0/24 iwf");
    refuses(List.of(own), "a network named twice", "g 192.0.2.0/24 own", "h 192.0.2.0/24 ");
    assertThatThrownBy(() -> ListPolicy.allow("ok").observed())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1/24", "192.0.2.0/33", "2001:db8::/129", "2001:db8::1/64"})
  void refusesNetworksThatAreNone(String network) {
    assertThatThrownBy(() -> PolicyRows.network(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  private static void refuses(List<ListPolicy> lists, String message, String... groups) {
    List<ClientGroup> parsed = Arrays.stream(groups).map(PolicyRows::group).toList();
    assertThatThrownBy(() -> new Policy(lists, parsed, FailurePolicy.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String check(UrlFilter filter, String url) {
    return PolicyRows.words(filter.judge(CanonicalUrl.parse(url).orElseThrow(), null));
  }
}
