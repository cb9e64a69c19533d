package org.tidegate.app.alarm;

/** Counts what became of alarms; by any thread. */
public interface DeliveryCount {
  /**
   * One alarm more.
   *
   * @param receiver {@code webhook} or {@code command}
   * @param outcome {@code delivered}, {@code failed} or {@code dropped}
   */
  void count(String receiver, String outcome);
}
