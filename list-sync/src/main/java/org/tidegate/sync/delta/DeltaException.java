package org.tidegate.sync.delta;

/** A patch that does not lead from the edition before to one of the stated length. */
public final class DeltaException extends Exception {
  private static final long serialVersionUID = 1L;

  DeltaException(String what) {
    super(what);
  }
}
