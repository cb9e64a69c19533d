package org.tidegate.sync.tuf;

import java.io.IOException;

/** What a repository offers is refused: the publisher's fault, or an attacker's. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final ReasonCode reason;

  public RefusedException(ReasonCode reason) {
    super("refused: " + reason.code());
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
