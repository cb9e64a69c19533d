package org.tidegate.proxy.event;

/** How the server name of a TLS handshake agrees with the host that the tunnel was asked for. */
public enum ServerName {
  SAME,
  OTHER,
  ABSENT,
  /** It is all that names a host: the connection was intercepted. */
  ALONE,
  /** The handshake cannot be read, or names no host that can be judged. */
  UNREADABLE
}
