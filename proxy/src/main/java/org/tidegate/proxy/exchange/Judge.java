package org.tidegate.proxy.exchange;

import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.FailurePolicy;

/** Turns a target into a verdict, and an undecided verdict into what the operator chose for it. */
public final class Judge {
  private final UrlFilter filter;
  private final FailurePolicy failurePolicy;

  public Judge(UrlFilter filter, FailurePolicy failurePolicy) {
    this.filter = filter;
    this.failurePolicy = failurePolicy;
  }

  /** The verdict; undecided only where requests are then to be refused. Never throws. */
  Verdict judge(TargetUri target) {
    Verdict verdict =
        target instanceof TargetUri.Whole whole
            ? filter.check(whole.url())
            : filter.check(target.host());
    boolean pass = verdict instanceof Verdict.Undecided && failurePolicy == FailurePolicy.PASS;
    return pass ? new Verdict.Allowed() : verdict;
  }
}
