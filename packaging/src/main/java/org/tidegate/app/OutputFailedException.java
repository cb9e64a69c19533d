package org.tidegate.app;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output takes no more: its reader has gone, or the disk is full. */
final class OutputFailedException extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  private final boolean readerHasGone;

  OutputFailedException(IOException cause) {
    super("standard output failed", cause);
    String message = cause.getMessage();
    this.readerHasGone = message != null && message.contains("Broken pipe");
  }

  /** Whether the reader has gone, as {@code head} does when it has seen enough. */
  boolean readerHasGone() {
    return readerHasGone;
  }
}
