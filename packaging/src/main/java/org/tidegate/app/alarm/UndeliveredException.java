package org.tidegate.app.alarm;

/** An alarm was not taken. What it says names no address, which may hold a secret. */
public final class UndeliveredException extends Exception {
  private static final long serialVersionUID = 1L;

  UndeliveredException(String why) {
    super(why);
  }
}
