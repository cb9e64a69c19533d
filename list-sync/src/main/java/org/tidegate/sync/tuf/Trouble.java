package org.tidegate.sync.tuf;

import java.util.Locale;

/** Why a repository is out of reach: the network's fault, or the server's. */
public enum Trouble {
  /** No connection: the name, the address or the port does not answer. */
  CONNECT,
  /** Nothing comes. */
  TIMEOUT,
  /** Bytes come, and so slowly that somebody means it. */
  SLOW,
  /** No agreement on TLS, or a certificate that is not trusted. */
  TLS,
  /** The server wants other credentials, or a client certificate; or ours cannot be read. */
  CREDENTIALS,
  /** Another answer than the file. */
  STATUS,
  /** An answer that leads elsewhere; it is not followed. */
  REDIRECT,
  /** No repository at this place. */
  NOT_FOUND,
  /** The connection or the disk failed on the way. */
  BROKEN;

  /** The word in status and messages. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
