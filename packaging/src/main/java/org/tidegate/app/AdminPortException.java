package org.tidegate.app;

import java.io.IOException;

/** The admin endpoint's port could not be opened. */
final class AdminPortException extends IOException {
  private static final long serialVersionUID = 1;

  AdminPortException(IOException cause) {
    super("the admin port could not be opened", cause);
  }
}
