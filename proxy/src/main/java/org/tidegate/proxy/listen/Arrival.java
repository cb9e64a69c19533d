package org.tidegate.proxy.listen;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a client's connection came in.
 *
 * @param client who it is from
 * @param destination where the client meant to connect to, on a transparent listener; null where
 *     that is not known, as for a connection that was made to the listener itself
 */
public record Arrival(
    Listener listener, InetSocketAddress client, @Nullable InetSocketAddress destination) {

  /** The same with what a trusted sender says of it. */
  public Arrival announced(InetSocketAddress source, InetSocketAddress target) {
    return new Arrival(listener, source, listener.isTransparent() ? target : null);
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Arrival";
  }
}
