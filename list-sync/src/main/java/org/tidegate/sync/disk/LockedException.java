package org.tidegate.sync.disk;

import java.io.IOException;

/** Somebody else has the lock. */
public final class LockedException extends IOException {
  private static final long serialVersionUID = 1;

  LockedException(String message) {
    super(message);
  }
}
