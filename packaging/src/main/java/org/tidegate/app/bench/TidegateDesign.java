package org.tidegate.app.bench;

import org.tidegate.filter.Inquiry;
import org.tidegate.filter.Inquiry.Answer;
import org.tidegate.filter.UrlFilter;

/** Tidegate itself, from the raw bytes of a URL to a verdict. For one thread. */
public final class TidegateDesign implements EngineDesign {
  private final Inquiry inquiry;
  private final long bytes;

  public TidegateDesign(UrlFilter filter, long bytes) {
    this.inquiry = filter.inquiry();
    this.bytes = bytes;
  }

  @Override
  public String id() {
    return "tidegate";
  }

  @Override
  public boolean isBlocked(byte[] url, int from, int to) {
    return inquiry.ask(url, from, to, null) == Answer.BLOCKED;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
