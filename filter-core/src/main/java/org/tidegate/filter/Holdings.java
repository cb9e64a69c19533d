package org.tidegate.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;

/** The lists that hold for the clients of one group, each kind in its order. Immutable. */
record Holdings(List<Holding> mandatory, List<Holding> allow, List<Holding> block) {

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
   */
  record Holding(ListPolicy policy, @Nullable Installed installed) {}

  static Holdings of(Policy policy, int group, List<Installed> installed) {
    List<Holding> mandatory = new ArrayList<>();
    List<Holding> allow = new ArrayList<>();
    List<Holding> block = new ArrayList<>();
    for (ListPolicy list : policy.of(installed.stream().map(Installed::name).toList())) {
      if (policy.holds(list, group)) {
        Holding holding = new Holding(list, find(installed, list.list()));
        List<Holding> kind =
            switch (list.kind()) {
              case MANDATORY -> mandatory;
              case ALLOW -> allow;
              case BLOCK -> block;
            };
        kind.add(holding);
      }
    }
    return new Holdings(List.copyOf(mandatory), List.copyOf(allow), List.copyOf(block));
  }

  /** Whether the policy has a list at all that could block. */
  static boolean canBlock(Policy policy, List<Installed> installed) {
    return policy.of(installed.stream().map(Installed::name).toList()).stream()
        .anyMatch(list -> list.kind() != Kind.ALLOW);
  }

  private static @Nullable Installed find(List<Installed> installed, String name) {
    return installed.stream().filter(i -> i.name().equals(name)).findFirst().orElse(null);
  }
}
