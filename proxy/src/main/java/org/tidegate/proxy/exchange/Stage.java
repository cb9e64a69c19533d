package org.tidegate.proxy.exchange;

/** What a client connection is doing. Each event of the connection goes to its present stage. */
interface Stage {
  /**
   * Goes on as far as it can: called on entering, and whenever bytes have arrived, the client takes
   * bytes again, or the stage has asked for it.
   */
  void proceed();

  /** The client will send no more. */
  void inputClosed();

  /** The client is gone; what the stage holds is to be let go. */
  void lost();

  /** Nothing has moved for as long as the stage asked {@link ClientConnection#expectWithin} for. */
  void timedOut();

  /** Whether the connection can be closed now without cutting anything short. */
  default boolean isIdle() {
    return false;
  }
}
