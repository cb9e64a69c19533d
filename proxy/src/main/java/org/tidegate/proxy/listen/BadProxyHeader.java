package org.tidegate.proxy.listen;

/** First bytes that are no well-formed PROXY header. Carries nothing of them. */
public final class BadProxyHeader extends Exception {
  private static final long serialVersionUID = 1L;

  BadProxyHeader() {
    super("not a well-formed PROXY header", null, false, false);
  }
}
