package org.tidegate.proxy.http;

import java.net.InetAddress;

/**
 * Whose a request is, and what is said of that onward.
 *
 * @param client who the client is
 * @param peer who connected, on its behalf
 */
public record Whose(ForwardedRules rules, InetAddress client, InetAddress peer) {
  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Whose";
  }
}
