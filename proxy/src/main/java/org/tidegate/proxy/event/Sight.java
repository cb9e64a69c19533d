package org.tidegate.proxy.event;

/** What could be seen of what was asked for. */
public enum Sight {
  /** A request's whole URL. */
  URL,
  /** The host and port of a CONNECT. */
  CONNECT,
  /** The host that a TLS handshake named. */
  SERVER_NAME,
  /** The address that an intercepted connection was made to, where nothing named a host. */
  ADDRESS
}
