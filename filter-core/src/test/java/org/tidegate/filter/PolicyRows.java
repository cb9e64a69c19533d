package org.tidegate.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.TestLists;

/**
 * Policies, with the hosts of their lists, as the rows of {@code vectors/policy.tsv} state them.
 */
final class PolicyRows {

  /** A list with its hosts; missing ones are not installed. */
  record TestList(ListPolicy policy, boolean missing, Set<String> hosts) {}

  private PolicyRows() {}

  static TestList list(String text) {
    String[] words = text.split(" ");
    Kind kind =
        switch (words[0].charAt(0)) {
          case 'M' -> Kind.MANDATORY;
          case 'A' -> Kind.ALLOW;
          default -> Kind.BLOCK;
        };
    ListPolicy policy =
        new ListPolicy(
            words[1],
            kind,
            words[0].contains("o") ? Mode.OBSERVE : Mode.ENFORCE,
            words[0].contains("p") ? FailurePolicy.PASS : FailurePolicy.REFUSE);
    return new TestList(
        policy, words[0].contains("-"), Set.of(Arrays.copyOfRange(words, 2, words.length)));
  }

  static ClientGroup group(String text) {
    String[] words = text.split(" ");
    Set<String> lists = words.length == 3 ? Set.of(words[2].split(",")) : Set.of();
    return new ClientGroup(
        words[0], Arrays.stream(words[1].split(",")).map(PolicyRows::network).toList(), lists);
  }

  static ClientNetwork network(String text) {
    String[] parts = text.split("/");
    return ClientNetwork.of(Addresses.bytes(parts[0]), Integer.parseInt(parts[1]));
  }

  static UrlFilter filter(List<TestList> lists, List<ClientGroup> groups)
      throws ListFormatException {
    Policy policy =
        new Policy(lists.stream().map(TestList::policy).toList(), groups, FailurePolicy.REFUSE);
    List<CompiledList> compiled = new ArrayList<>();
    for (TestList list : lists) {
      if (!list.missing()) {
        String[] hosts = list.hosts().stream().map(host -> "=" + host).toArray(String[]::new);
        compiled.add(TestLists.compile(list.policy().list(), hosts));
      }
    }
    UrlFilter filter = new UrlFilter();
    filter.install(policy, List.of(TestLists.KEY), compiled);
    return filter;
  }

  /** A judgement in the words of the table. */
  static String words(Judgement judgement) {
    StringBuilder text = new StringBuilder();
    if (judgement.verdict() instanceof Verdict.Blocked blocked) {
      text.append("blocked ").append(blocked.list());
    } else if (judgement.verdict() instanceof Verdict.Undecided) {
      text.append(judgement.passes() ? "passed" : "refused");
    } else {
      text.append("allowed");
    }
    judgement.observed().forEach(hit -> text.append(" +").append(hit.list()));
    return text.toString();
  }
}
