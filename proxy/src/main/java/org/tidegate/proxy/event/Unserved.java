package org.tidegate.proxy.event;

/** Why a request that was to pass got no whole answer of its origin. */
public enum Unserved {
  NAME_NOT_FOUND,
  ADDRESS_NOT_ALLOWED,
  PORT_NOT_ALLOWED,
  UNREACHABLE,
  CONNECT_TIMED_OUT,
  TLS_FAILED,
  /** The origin's certificate has expired, or is not valid yet. */
  ORIGIN_OUTDATED,
  /** The origin's certificate was issued for another name. */
  ORIGIN_OTHER_NAME,
  /** Nobody who is trusted vouches for the origin's certificate. */
  ORIGIN_UNTRUSTED,
  PARENT_REFUSED,
  /** A parent proxy asks this gateway for credentials that it does not have. */
  CREDENTIALS_ASKED,
  /** The origin's answer is not HTTP, or was cut short. */
  BAD_ANSWER,
  ANSWER_TIMED_OUT,
  /** A tunnel holds neither TLS nor HTTP. */
  UNKNOWN_TUNNEL
}
