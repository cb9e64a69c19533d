package org.tidegate.proxy.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Judgement;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.SplashReference;

/** Has a client's target judged, and tells of it. */
public final class Judge {
  /** The gate lets nothing in that is invalid; did it err, this would be refused. */
  private static final Judgement UNREADABLE =
      new Judgement(new Verdict.Undecided(Verdict.Reason.MATCHER_FAILED), false, List.of());

  private final UrlFilter filter;
  private final GatewayEvents events;
  private final HitLimit hits;

  public Judge(UrlFilter filter, GatewayEvents events, HitLimit hits) {
    this.filter = filter;
    this.events = events;
    this.hits = hits;
  }

  /** What the filter says of it at this moment. Never throws. */
  public Judged judge(
      TargetUri target, Sight sight, ListenerKind listener, byte @Nullable [] client) {
    long begun = System.nanoTime();
    Judgement judgement =
        target instanceof TargetUri.Whole whole
            ? filter.judge(whole.url(), 0, whole.url().length, client).orElse(UNREADABLE)
            : filter.judge(target.host(), client);
    long nanos = System.nanoTime() - begun;
    boolean canary = CompiledList.isCanary(target.host());
    Judged judged =
        new Judged(
            listener,
            sight,
            judgement,
            judgement.verdict() instanceof Verdict.Blocked ? SplashReference.random() : null,
            nanos,
            client,
            canary,
            !canary && isProbing(judgement, client));
    events.judged(judged);
    return judged;
  }

  /** Only of mandatory lists: the operator's own may well cover a hundred advertisers. */
  private boolean isProbing(Judgement judgement, byte @Nullable [] client) {
    return judgement.verdict() instanceof Verdict.Blocked hit
        && filter.policy().isMandatory(hit.list())
        && hits.isExceeded(client, hit);
  }
}
