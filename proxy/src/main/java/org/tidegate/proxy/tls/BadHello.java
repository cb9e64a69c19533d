package org.tidegate.proxy.tls;

/** First bytes that claim to be TLS and are not a well-formed hello. Carries nothing of them. */
public final class BadHello extends Exception {
  private static final long serialVersionUID = 1L;

  BadHello() {
    super("not a well-formed ClientHello", null, false, false);
  }
}
