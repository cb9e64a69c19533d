package org.tidegate.app;

import java.util.List;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.UpdateListener;
import org.tidegate.sync.UpdateOutcome;

/** Tells all of them, in their order. */
record UpdateListeners(List<UpdateListener> all) implements UpdateListener {

  @Override
  public void updated(UpdateOutcome outcome, ListStatus status) {
    all.forEach(listener -> listener.updated(outcome, status));
  }

  @Override
  public void aged(ListStatus status) {
    all.forEach(listener -> listener.aged(status));
  }
}
