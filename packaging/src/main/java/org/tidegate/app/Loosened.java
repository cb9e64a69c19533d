package org.tidegate.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ListSettings;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;

/** What a reload may not do: nothing outranks a mandatory list that is enforced. */
final class Loosened {
  private Loosened() {}

  /**
   * Compares what holds with what would hold.
   *
   * @throws ConfigurationException where a mandatory list would hold less than before
   */
  static void refuse(Configuration now, Configuration next) throws ConfigurationException {
    List<Problem> problems = new ArrayList<>();
    for (ListSettings list : now.lists()) {
      ListPolicy policy = list.policy();
      if (policy.kind() == Kind.MANDATORY && policy.mode() == Mode.ENFORCE) {
        ListSettings after =
            next.lists().stream()
                .filter(l -> l.name().equals(list.name()))
                .findFirst()
                .orElse(null);
        String found = loosened(policy, after);
        if (found != null) {
          String place = after == null ? next.file() + ":1:1" : after.place();
          problems.add(
              new Problem(
                  place,
                  "lists." + list.name(),
                  found
                      + " (expected: as it was; a mandatory list is loosened by a restart only)"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static @Nullable String loosened(ListPolicy before, @Nullable ListSettings after) {
    if (after == null) {
      return "gone";
    }
    ListPolicy policy = after.policy();
    if (policy.kind() != Kind.MANDATORY) {
      return "no longer mandatory";
    }
    if (policy.mode() != Mode.ENFORCE) {
      return "no longer enforced";
    }
    boolean opens =
        before.onFailure() == FailurePolicy.REFUSE && policy.onFailure() == FailurePolicy.PASS;
    return opens ? "failure-policy 'pass'" : null;
  }
}
