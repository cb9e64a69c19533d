package org.tidegate.proxy.upstream;

import java.util.List;

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
    ORIGIN_OUTDATED,
    ORIGIN_OTHER_NAME,
    ORIGIN_UNTRUSTED,
    ORIGIN_WEAK,
    PARENT_REFUSED,
    CREDENTIALS_ASKED,
    HOST_BUSY
  }

  /** Proxy Authentication Required (RFC 9110 §15.5.8). */
  public static final int CREDENTIALS_STATUS = 407;

  private final Reason reason;
  private final transient List<String> challenges;

  DialFailure(Reason reason) {
    this(reason, List.of());
  }

  private DialFailure(Reason reason, List<String> challenges) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.challenges = challenges;
  }

  /** The parent asks for credentials, by these values of Proxy-Authenticate. */
  static DialFailure credentials(List<String> challenges) {
    return new DialFailure(Reason.CREDENTIALS_ASKED, challenges);
  }

  public Reason reason() {
    return reason;
  }

  /** How a parent asks for credentials, if it does. */
  public List<String> challenges() {
    return challenges;
  }
}
