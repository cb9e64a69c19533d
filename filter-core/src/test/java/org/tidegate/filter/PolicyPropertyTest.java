package org.tidegate.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.filter.PolicyRows.TestList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.url.CanonicalUrl;

/** Random policies, compared with one that says in so many words what each list may do. */
class PolicyPropertyTest {
  private static final int POLICIES = 400;
  private static final List<String> HOSTS = List.of("a.test", "b.test", "c.test");
  private static final List<String> NETWORKS =
      List.of("0.0.0.0/0", "192.0.2.0/24", "192.0.2.64/26", "192.0.2.65/32", "2001:db8::/32");
  private static final List<String> CLIENTS =
      List.of("192.0.2.1", "192.0.2.65", "192.0.2.66", "203.0.113.9", "2001:db8::5", "2001:db9::5");

  @Test
  void judgesAsTheReferenceDoes() throws ListFormatException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POLICIES; i++) {
      List<TestList> lists = lists(random);
      List<ClientGroup> groups = groups(random, lists);
      UrlFilter filter = PolicyRows.filter(lists, groups);
      for (String host : HOSTS) {
        CanonicalUrl url = CanonicalUrl.parse(host).orElseThrow();
        for (String client : CLIENTS) {
          Judgement judgement = filter.judge(url, Addresses.bytes(client));
          assertThat(PolicyRows.words(judgement))
              .as("seed %d, policy %d, %s asks for %s", seed, i, client, host)
              .isEqualTo(reference(lists, group(groups, client), groups, host));
        }
      }
    }
  }

  private static List<TestList> lists(SplittableRandom random) {
    List<TestList> lists = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      Kind kind = Kind.values()[random.nextInt(3)];
      boolean observed = kind != Kind.ALLOW && random.nextInt(4) == 0;
      Set<String> hosts = new HashSet<>();
      HOSTS.stream().filter(h -> random.nextInt(3) == 0).forEach(hosts::add);
      lists.add(
          new TestList(
              new ListPolicy(
                  "list" + i,
                  kind,
                  observed ? Mode.OBSERVE : Mode.ENFORCE,
                  FailurePolicy.values()[random.nextInt(2)]),
              random.nextInt(6) == 0,
              hosts));
    }
    return lists;
  }

  private static List<ClientGroup> groups(SplittableRandom random, List<TestList> lists) {
    List<String> networks = new ArrayList<>(NETWORKS);
    List<ClientGroup> groups = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String network = networks.remove(random.nextInt(networks.size()));
      Set<String> names = new HashSet<>();
      lists.stream()
          .filter(l -> l.policy().kind() != Kind.MANDATORY && random.nextBoolean())
          .forEach(l -> names.add(l.policy().list()));
      groups.add(new ClientGroup("g" + i, List.of(PolicyRows.network(network)), names));
    }
    return groups;
  }

  private static @Nullable ClientGroup group(List<ClientGroup> groups, String client) {
    ClientGroup narrowest = null;
    int bits = -1;
    for (ClientGroup group : groups) {
      ClientNetwork network = group.networks().get(0);
      if (network.bits() > bits && network.contains(Addresses.bytes(client))) {
        narrowest = group;
        bits = network.bits();
      }
    }
    return narrowest;
  }

  private static boolean holds(
      ListPolicy list, @Nullable ClientGroup group, List<ClientGroup> groups) {
    boolean named = groups.stream().anyMatch(g -> g.lists().contains(list.list()));
    if (!named || list.kind() == Kind.MANDATORY) {
      return true;
    }
    return group == null ? list.kind() == Kind.BLOCK : group.lists().contains(list.list());
  }

  private static String reference(
      List<TestList> all, @Nullable ClientGroup group, List<ClientGroup> groups, String host) {
    if (all.stream().allMatch(l -> l.policy().kind() == Kind.ALLOW)) {
      return "refused";
    }
    List<TestList> lists = all.stream().filter(l -> holds(l.policy(), group, groups)).toList();
    List<TestList> mandatory = of(lists, Kind.MANDATORY);
    List<TestList> block = of(lists, Kind.BLOCK);
    boolean excepted = of(lists, Kind.ALLOW).stream().anyMatch(l -> covers(l, host));
    boolean mandatoryBlocks = mandatory.stream().anyMatch(l -> enforced(l) && covers(l, host));

    List<TestList> asked = new ArrayList<>(mandatory);
    if (!mandatoryBlocks && !excepted) {
      asked.addAll(block);
    }
    StringBuilder observed = new StringBuilder();
    asked.stream()
        .filter(l -> !enforced(l) && covers(l, host))
        .forEach(l -> observed.append(" +").append(l.policy().list()));
    for (TestList list : asked) {
      if (enforced(list) && covers(list, host)) {
        return "blocked " + list.policy().list() + observed;
      }
    }
    List<FailurePolicy> failures =
        asked.stream()
            .filter(l -> enforced(l) && l.missing())
            .map(l -> l.policy().onFailure())
            .toList();
    if (failures.isEmpty()) {
      return "allowed" + observed;
    }
    return (failures.contains(FailurePolicy.REFUSE) ? "refused" : "passed") + observed;
  }

  private static List<TestList> of(List<TestList> lists, Kind kind) {
    return lists.stream().filter(l -> l.policy().kind() == kind).toList();
  }

  private static boolean enforced(TestList list) {
    return list.policy().mode() == Mode.ENFORCE;
  }

  private static boolean covers(TestList list, String host) {
    return !list.missing() && list.hosts().contains(host);
  }
}
