package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a parent proxy is told in Proxy-Authorization (RFC 9110 §11.7.2). Immutable.
 *
 * @param field the value that goes with every request, empty for none
 * @param ofClient whether each client's own is passed on in its place
 */
public record ProxyCredentials(String field, boolean ofClient) {
  public static final ProxyCredentials NONE = new ProxyCredentials("", false);
  public static final ProxyCredentials OF_CLIENT = new ProxyCredentials("", true);

  /** The gateway's own, {@code user:password} (RFC 7617). */
  public static ProxyCredentials basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return new ProxyCredentials("Basic " + Base64.getEncoder().encodeToString(bytes), false);
  }

  /** What goes with one client's requests. */
  public String fieldFor(String clients) {
    return ofClient ? clients : field;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "ProxyCredentials";
  }
}
