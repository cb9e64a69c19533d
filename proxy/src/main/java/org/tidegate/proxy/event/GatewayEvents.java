package org.tidegate.proxy.event;

import org.tidegate.proxy.http.Refusal;

/**
 * Is told what happens on the data path. Called by event loops, many at once: an implementation is
 * quick, never waits and never throws. By default nothing is done about anything.
 */
public interface GatewayEvents {
  /** Lets everything happen unheard. */
  GatewayEvents IGNORED = new GatewayEvents() {};

  default void clientConnected(ListenerKind listener) {}

  default void clientGone(ListenerKind listener) {}

  /** A client was closed unserved, because as many are connected as may be. */
  default void clientTurnedAway(ListenerKind listener) {}

  /** A request, CONNECT or server name was judged; what follows of it has not happened yet. */
  default void judged(Judged judged) {}

  /** The request gate refused a request, so that it was not judged. */
  default void refused(ListenerKind listener, Refusal refusal) {}

  /** A request that was to pass got no whole answer of its origin. */
  default void unserved(Unserved why) {}

  /**
   * An origin's answer began.
   *
   * @param nanos after the request's head was sent
   */
  default void answered(long nanos) {}

  default void serverName(ServerName agreement) {}

  /** A TLS handshake offers another one that is encrypted (ECH), whose name stays unknown. */
  default void helloEncrypted() {}

  default void upstreamConnected() {}

  default void upstreamGone() {}
}
