package org.tidegate.sync.json;

/** Bytes that are not the JSON expected. The message names fields, never what they hold. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean truncated;

  public JsonException(String message, boolean truncated) {
    super(message);
    this.truncated = truncated;
  }

  /** Whether the text is good as far as it goes, and ends too early. */
  public boolean isTruncated() {
    return truncated;
  }
}
