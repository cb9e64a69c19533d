package org.tidegate.proxy.event;

/** Why a request that was to pass got no whole answer of its origin. */
public enum Unserved {
  NAME_NOT_FOUND,
  ADDRESS_NOT_ALLOWED,
  PORT_NOT_ALLOWED,
  /** An intercepted client had chosen an address that the host does not have. */
  FOREIGN_ADDRESS,
  /** It was meant for the gateway itself, or would have led back to it. */
  LOOP,
  UNREACHABLE,
  CONNECT_TIMED_OUT,
  TLS_FAILED,
  /** The origin's certificate has expired, or is not valid yet. */
  ORIGIN_OUTDATED,
  /** The origin's certificate was issued for another name. */
  ORIGIN_OTHER_NAME,
  /** Nobody who is trusted vouches for the origin's certificate. */
  ORIGIN_UNTRUSTED,
  /** The origin's certificate is signed in a way that is broken. */
  ORIGIN_WEAK,
  PARENT_REFUSED,
  /** A parent proxy asks this gateway for credentials that it does not have. */
  CREDENTIALS_ASKED,
  /** The origin's answer is not HTTP, or was cut short. */
  BAD_ANSWER,
  ANSWER_TIMED_OUT,
  /** The origin has as many connections as it may have. */
  HOST_BUSY,
  /** The memory for bytes in flight is taken. */
  NO_MEMORY,
  /** A tunnel, or what was intercepted, holds neither TLS nor HTTP. */
  UNKNOWN_TUNNEL,
  /** TLS names no server, or another than its CONNECT, and the operator refuses that. */
  NAME_REFUSED
}
