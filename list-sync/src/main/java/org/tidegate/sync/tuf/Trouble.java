package org.tidegate.sync.tuf;

import java.util.Locale;

/** Why a repository is out of reach: the network's fault, or the server's. */
public enum Trouble {
  /** The server's name, or the proxy's, has no address. */
  NAME,
  /** No connection: the address or the port does not answer. */
  CONNECT,
  /** Nothing comes. */
  TIMEOUT,
  /** Bytes come, and so slowly that somebody means it. */
  SLOW,
  /** No agreement on TLS. */
  TLS,
  /** A certificate that is not trusted, out of date, or of another name. */
  CERTIFICATE,
  /** The server wants a client certificate, or another one. */
  CLIENT_CERTIFICATE,
  /** The server wants credentials, or others. */
  CREDENTIALS,
  /** Our own credentials cannot be read. */
  CREDENTIALS_FILE,
  /** The server does not give us the file; object stores say so of absent files, too. */
  FORBIDDEN,
  /** The proxy does not lead there. */
  PROXY,
  /** The proxy wants credentials. */
  PROXY_CREDENTIALS,
  /** The server is overloaded or broken. */
  SERVER,
  /** Another answer than the file. */
  STATUS,
  /** An answer that leads elsewhere; it is not followed. */
  REDIRECT,
  /** A file is said to be as it was, of which there is no copy. */
  NOT_MODIFIED,
  /** Another part of the file than was asked for. */
  RANGE,
  /** Bytes that are packed, although that was not asked for; they are never unpacked. */
  ENCODING,
  /** A web page in the place of the file: somebody has to log in. */
  WEB_PAGE,
  /** What answers does not speak HTTP, or without bounds. */
  PROTOCOL,
  /** No repository at this place. */
  NOT_FOUND,
  /** The connection failed on the way. */
  BROKEN,
  /** A directory or file that cannot be read. */
  UNREADABLE,
  /** The list is not followed any more. */
  STOPPED;

  /** The word in status and messages. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a transfer that ended so may be gone on with. */
  public boolean isInterruption() {
    return this == TIMEOUT || this == BROKEN;
  }
}
