package org.tidegate.filter;

import java.util.List;

/**
 * A verdict and what follows from it.
 *
 * @param passes whether the request may go on: it is allowed, or undecided where the operator lets
 *     those pass
 * @param observed what the observed lists would have blocked, one for each list
 */
public record Judgement(Verdict verdict, boolean passes, List<Verdict.Blocked> observed) {
  static final Judgement ALLOWED = new Judgement(Verdict.Allowed.ALLOWED, true, List.of());
}
