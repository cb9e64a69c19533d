package org.tidegate.proxy.http;

/** A message that has no single reading. Carries the reason and nothing of the message. */
public final class BadMessage extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  public BadMessage(Refusal refusal) {
    super(refusal.name(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
