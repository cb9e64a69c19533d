package org.tidegate.proxy.ca;

/** A certificate authority that cannot be used; the message names the file and what is expected. */
public final class AuthorityException extends Exception {
  private static final long serialVersionUID = 1L;

  AuthorityException(String message) {
    super(message, null, false, false);
  }
}
