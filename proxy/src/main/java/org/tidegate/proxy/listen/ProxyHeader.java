package org.tidegate.proxy.listen;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a PROXY header says of a connection.
 *
 * @param source who the client is; null where the sender speaks for itself (LOCAL, UNKNOWN)
 * @param destination where the client connected to; null together with the source
 */
public record ProxyHeader(
    @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {

  /** The sender's own connection: a health check, or a family that it cannot tell. */
  static final ProxyHeader LOCAL = new ProxyHeader(null, null);

  /** The arrival as the header has it. */
  public Arrival applyTo(Arrival arrival) {
    return source == null || destination == null ? arrival : arrival.announced(source, destination);
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "ProxyHeader";
  }
}
