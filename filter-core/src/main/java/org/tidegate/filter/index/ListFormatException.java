package org.tidegate.filter.index;

/** A compiled list that cannot be made, opened or installed. */
public final class ListFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** It does not begin as a compiled list does. */
    NO_COMPILED_LIST,
    /** A format version that this software does not know. */
    FORMAT_VERSION,
    /** Made with another version of canonicalisation. */
    CANONICALISER_VERSION,
    /** Shorter or longer than its header says. */
    LENGTH,
    /** Bytes that their checksum does not fit. */
    CHECKSUM,
    /** Tables that no compiler makes. */
    STRUCTURE,
    /** Hashed with a key that this filter does not hold. */
    KEY,
    /** More entries than a compiled list can hold. */
    TOO_LARGE
  }

  private final Reason reason;

  public ListFormatException(Reason reason) {
    super("compiled list refused: " + reason);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
