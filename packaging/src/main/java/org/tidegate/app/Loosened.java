package org.tidegate.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ListSettings;
import org.tidegate.app.config.ListSource;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.sync.SizeGuard;

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

  /**
   * Compares the mandatory lists in files: one that has lost most of its entries was more likely
   * cut short than meant so.
   *
   * @throws ConfigurationException where one has
   */
  static void refuseShrunk(Setup now, Setup next) throws ConfigurationException {
    List<Problem> problems = new ArrayList<>();
    for (ListSettings list : next.configuration().lists()) {
      int before = entries(now, list.name());
      int after = entries(next, list.name());
      boolean shrunk = SizeGuard.isShrunk(before, after);
      boolean inFile = !(list.source() instanceof ListSource.Signed);
      if (list.policy().kind() == Kind.MANDATORY && inFile && shrunk) {
        problems.add(
            new Problem(
                list.sourcePlace(),
                "lists." + list.name() + ".source",
                "file: %d entries, %d before (expected: half as many at least; a restart takes fewer)"
                    .formatted(after, before)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static int entries(Setup setup, String name) {
    return setup.lists().inFiles().stream()
        .filter(loaded -> loaded.list().name().equals(name))
        .mapToInt(loaded -> loaded.list().entries())
        .findFirst()
        .orElse(0);
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
