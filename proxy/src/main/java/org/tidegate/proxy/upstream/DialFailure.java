package org.tidegate.proxy.upstream;

/** Why no connection came about. Discloses neither name nor address. */
public final class DialFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reasons. */
  public enum Reason {
    NAME_NOT_FOUND,
    ADDRESS_REFUSED,
    /** An intercepted client had chosen an address that the host does not have. */
    FOREIGN_ADDRESS,
    /** It would have led back to the gateway. */
    LOOP,
    UNREACHABLE,
    TIMED_OUT,
    TLS_FAILED,
    PARENT_REFUSED
  }

  private final Reason reason;

  DialFailure(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
