package org.tidegate.proxy.http;

import java.net.InetAddress;

/**
 * Whose a request is, and what is said of that onward.
 *
 * @param client who the client is
 * @param peer who connected, on its behalf
 */
public record Whose(ForwardedRules rules, InetAddress client, InetAddress peer) {
  /** Of a client of whom nothing is said: fields go on as they came. */
  public static final Whose UNSAID =
      new Whose(
          ForwardedRules.DEFAULT,
          InetAddress.getLoopbackAddress(),
          InetAddress.getLoopbackAddress());

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Whose";
  }
}
