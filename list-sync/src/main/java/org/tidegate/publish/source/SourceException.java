package org.tidegate.publish.source;

import java.io.IOException;

/**
 * A list's text cannot be got, or is not to be read. The message is one line and names no entry.
 */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param message one line, without any entry
   */
  public SourceException(String message) {
    super(message);
  }
}
