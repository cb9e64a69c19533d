package org.tidegate.proxy.upstream;

/** Why no connection came about. Discloses neither name nor address. */
public final class DialFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reasons. */
  public enum Reason {
    NAME_NOT_FOUND,
    ADDRESS_REFUSED,
    UNREACHABLE,
    TIMED_OUT,
    TLS_FAILED,
    ORIGIN_OUTDATED,
    ORIGIN_OTHER_NAME,
    ORIGIN_UNTRUSTED,
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
