package org.tidegate.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Holdings.Holding;
import org.tidegate.filter.Holdings.Installed;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.Lookup;
import org.tidegate.filter.index.Match;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/** One URL or host on its way through the lists that hold for its client. For one thread. */
final class Inquiry {
  private final CanonicalHost host;
  private final @Nullable CanonicalUrl url;
  private @Nullable Lookup lookup;
  private @Nullable ListKey key;
  private List<Verdict.Blocked> observed = List.of();
  private Verdict.@Nullable Undecided undecided;
  private boolean refused;

  Inquiry(CanonicalHost host, @Nullable CanonicalUrl url) {
    this.host = host;
    this.url = url;
  }

  Judgement judge(Holdings lists) {
    Verdict.Blocked blocked = firstBlock(lists.mandatory());
    if (blocked == null && !isAllowed(lists.allow())) {
      blocked = firstBlock(lists.block());
    }
    if (blocked != null) {
      return new Judgement(blocked, false, observed);
    }
    if (undecided != null) {
      return new Judgement(undecided, !refused, observed);
    }
    return observed.isEmpty()
        ? Judgement.ALLOWED
        : new Judgement(Verdict.Allowed.ALLOWED, true, observed);
  }

  /** What the first enforced list that covers it says; observed ones are all asked. */
  private Verdict.@Nullable Blocked firstBlock(List<Holding> lists) {
    Verdict.Blocked first = null;
    for (Holding list : lists) {
      boolean enforced = list.policy().isEnforced();
      if (!enforced || first == null) {
        Verdict.Blocked blocked = ask(list);
        if (blocked != null && enforced) {
          first = blocked;
        } else if (blocked != null) {
          observe(blocked);
        }
      }
    }
    return first;
  }

  private boolean isAllowed(List<Holding> lists) {
    for (Holding list : lists) {
      if (ask(list) != null) {
        return true;
      }
    }
    return false;
  }

  private Verdict.@Nullable Blocked ask(Holding holding) {
    Installed installed = holding.installed();
    if (installed == null) {
      fail(holding.policy(), Verdict.Undecided.NO_LIST);
      return null;
    }
    try {
      Optional<Match> match = installed.list().find(lookup(installed.key()));
      return match.isPresent() ? blocked(installed, match.get()) : null;
    } catch (RuntimeException | Error e) {
      // What failed is not told, and the other lists are still asked: never open.
      fail(holding.policy(), Verdict.Undecided.MATCHER_FAILED);
      return null;
    }
  }

  private Lookup lookup(ListKey wanted) {
    Lookup known = lookup;
    if (known == null || key != wanted) {
      known = url == null ? new Lookup(wanted, host) : new Lookup(wanted, url);
      lookup = known;
      key = wanted;
    }
    return known;
  }

  private static Verdict.Blocked blocked(Installed installed, Match match) {
    return new Verdict.Blocked(
        installed.name(), installed.list().serial(), match.entry(), match.scope());
  }

  private void observe(Verdict.Blocked blocked) {
    if (observed.isEmpty()) {
      observed = new ArrayList<>();
    }
    observed.add(blocked);
  }

  /** Of several failures one that refuses the request is told, else the first. */
  private void fail(ListPolicy list, Verdict.Undecided why) {
    if (!list.isEnforced() || list.kind() == ListPolicy.Kind.ALLOW) {
      return; // decides nothing: without an allow-list the block-lists hold
    }
    boolean refuses = list.onFailure() == FailurePolicy.REFUSE;
    if (undecided == null || (refuses && !refused)) {
      undecided = why;
    }
    refused |= refuses;
  }
}
