package org.tidegate.app;

/** A command cannot do its work. The message is for the terminal, and names no URL. */
final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1;

  CommandFailedException(String message) {
    super(message);
  }
}
