package org.tidegate.app.alarm;

/** Who is told of alarms: one at a time, within bounded time. */
public interface Receiver {

  /** The word in metrics and messages. */
  String word();

  /**
   * Hands over one alarm.
   *
   * @throws UndeliveredException where it was not taken; it may be tried again
   */
  void take(byte[] json) throws UndeliveredException, InterruptedException;
}
