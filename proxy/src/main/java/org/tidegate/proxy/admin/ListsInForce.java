package org.tidegate.proxy.admin;

import java.util.List;
import java.util.Optional;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;

/** The lists that a filter should have, and those that it has, at one moment. */
record ListsInForce(List<ListPolicy> policies, List<CompiledList> installed) {
  static ListsInForce of(UrlFilter filter) {
    List<CompiledList> installed = filter.lists();
    List<ListPolicy> policies = filter.policy().lists();
    return new ListsInForce(
        policies.isEmpty()
            ? installed.stream().map(list -> ListPolicy.mandatory(list.name())).toList()
            : policies,
        installed);
  }

  Optional<CompiledList> find(String name) {
    return installed.stream().filter(list -> list.name().equals(name)).findFirst();
  }

  boolean isInstalled(ListPolicy policy) {
    return find(policy.list()).isPresent();
  }

  static boolean canBlock(ListPolicy policy) {
    return policy.kind() != Kind.ALLOW && policy.mode() == Mode.ENFORCE;
  }

  /** Whether there is a list to judge by, be it only to observe. */
  boolean isUsable() {
    return policies.stream().anyMatch(p -> p.kind() != Kind.ALLOW && isInstalled(p));
  }

  /** The lists for want of which requests are refused. */
  List<String> missing() {
    return policies.stream()
        .filter(p -> canBlock(p) && p.onFailure() == FailurePolicy.REFUSE && !isInstalled(p))
        .map(ListPolicy::list)
        .toList();
  }
}
