package org.tidegate.app;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The gateway's port could not be opened. */
final class PortException extends IOException {
  private static final long serialVersionUID = 1;

  PortException(IOException cause) {
    super("the port could not be opened", cause);
  }

  boolean isTaken() {
    for (@Nullable Throwable e = getCause(); e != null; e = e.getCause()) {
      if (String.valueOf(e.getMessage()).contains("in use")) {
        return true;
      }
    }
    return false;
  }
}
