package org.tidegate.proxy.tls;

import org.jspecify.annotations.Nullable;

/**
 * What a client says before encryption begins (RFC 8446 §4.1.2).
 *
 * @param serverName the host it asks for, its bytes read as UTF-8; null if it names none
 * @param encrypted whether an inner hello with another name may be hidden in it (ECH)
 * @param takesEcdsa whether a server may answer with an ECDSA key on P-256
 */
public record ClientHello(@Nullable String serverName, boolean encrypted, boolean takesEcdsa) {
  /** Discloses nothing. */
  @Override
  public String toString() {
    return "ClientHello";
  }
}
