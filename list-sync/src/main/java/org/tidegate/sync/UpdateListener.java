package org.tidegate.sync;

/** Is told how a list stands; on the thread that keeps the list current. */
public interface UpdateListener {

  /** A list was restored, or an update has ended: well or not, changed or not. */
  void updated(UpdateOutcome outcome, ListStatus status);

  /** Time alone has moved the list on the ladder of staleness. */
  void aged(ListStatus status);
}
