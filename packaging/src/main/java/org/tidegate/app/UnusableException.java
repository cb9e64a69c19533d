package org.tidegate.app;

/** What the configuration names cannot be used. The message says what was found and expected. */
final class UnusableException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableException(String problem) {
    super(problem);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
