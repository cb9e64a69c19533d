package org.tidegate.proxy.exchange;

import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Judgement;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.http.TargetUri;

/** Has a client's target judged. */
public final class Judge {
  private final UrlFilter filter;

  public Judge(UrlFilter filter) {
    this.filter = filter;
  }

  /** What the filter says of it at this moment. Never throws. */
  Judgement judge(TargetUri target, byte @Nullable [] client) {
    return target instanceof TargetUri.Whole whole
        ? filter.judge(whole.url(), client)
        : filter.judge(target.host(), client);
  }
}
