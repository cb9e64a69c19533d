package org.tidegate.sync.tuf;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a proxy, and nobody else, who we are: once for each request. */
final class ProxyLogin extends Authenticator {
  private @Nullable PasswordAuthentication left;

  synchronized void begin(Optional<PasswordAuthentication> login) {
    left = login.orElse(null);
  }

  /** The platform would ask for as long as it is answered. */
  @Override
  protected synchronized @Nullable PasswordAuthentication getPasswordAuthentication() {
    if (getRequestorType() != RequestorType.PROXY) {
      return null;
    }
    PasswordAuthentication answer = left;
    left = null;
    return answer;
  }
}
