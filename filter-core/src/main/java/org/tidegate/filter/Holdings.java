package org.tidegate.filter;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.Snapshot.Keyed;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.JointLists;
import org.tidegate.filter.index.ListKey;

/** The lists that hold for the clients of one group, each kind in its order. Immutable. */
final class Holdings {
  private final Holding[] mandatory;
  private final Holding[] allow;
  private final Holding[] block;
  private final Judgement unlisted;

  /** A compiled list and the key to search it with. */
  record Installed(CompiledList list, ListKey key) {
    String name() {
      return list.name();
    }
  }

  /**
   * One list's place in the order.
   *
   * @param installed nothing while the list is missing
   * @param key which of the keys in use is the list's
   * @param bit the list's among the candidates under that key
   */
  record Holding(ListPolicy policy, @Nullable Installed installed, int key, int bit) {}

  private Holdings(Stream<Holding> all) {
    List<Holding> holdings = all.toList();
    this.mandatory = of(holdings, Kind.MANDATORY);
    this.allow = of(holdings, Kind.ALLOW);
    this.block = of(holdings, Kind.BLOCK);
    this.unlisted = unlisted(holdings);
  }

  static Holdings of(Policy policy, int group, List<Installed> installed, Keyed[] keyed) {
    List<String> names = installed.stream().map(Installed::name).toList();
    return new Holdings(
        policy.of(names).stream()
            .filter(list -> policy.holds(list, group))
            .map(list -> holding(list, find(installed, list.list()), keyed)));
  }

  private static Holding holding(ListPolicy policy, @Nullable Installed installed, Keyed[] keyed) {
    if (installed == null) {
      return new Holding(policy, null, 0, 0);
    }
    int key = 0;
    while (!keyed[key].key().equals(installed.key())) {
      key++;
    }
    int place = keyed[key].lists().indexOf(installed.list());
    return new Holding(policy, installed, key, JointLists.bit(place));
  }

  /** Whether the policy has a list at all that could block. */
  static boolean canBlock(Policy policy, List<Installed> installed) {
    return policy.of(installed.stream().map(Installed::name).toList()).stream()
        .anyMatch(list -> list.kind() != Kind.ALLOW);
  }

  /** Not to be changed, like the other two: arrays, since requests go through them. */
  Holding[] mandatory() {
    return mandatory;
  }

  Holding[] allow() {
    return allow;
  }

  Holding[] block() {
    return block;
  }

  /** What is said of everything that no list covers. */
  Judgement unlisted() {
    return unlisted;
  }

  private static Holding[] of(List<Holding> holdings, Kind kind) {
    return holdings.stream().filter(h -> h.policy().kind() == kind).toArray(Holding[]::new);
  }

  private static Judgement unlisted(List<Holding> holdings) {
    Failures missing = new Failures();
    for (Holding holding : holdings) {
      if (holding.installed() == null) {
        missing.add(holding.policy(), Verdict.Undecided.NO_LIST);
      }
    }
    Verdict verdict = missing.verdict();
    return verdict == null
        ? Judgement.ALLOWED
        : new Judgement(verdict, missing.passes(), List.of());
  }

  private static @Nullable Installed find(List<Installed> installed, String name) {
    return installed.stream().filter(i -> i.name().equals(name)).findFirst().orElse(null);
  }
}
