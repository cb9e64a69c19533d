package org.tidegate.publish;

/** The publisher cannot do what it was asked to. The message is one line and names no entry. */
public final class PublishException extends Exception {
  private static final long serialVersionUID = 1;

  PublishException(String message) {
    super(message);
  }
}
