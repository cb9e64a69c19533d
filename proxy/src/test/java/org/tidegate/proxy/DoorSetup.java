package org.tidegate.proxy;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.upstream.ParentProxy;

/**
 * What a test wants behind a door. Every name leads to the origin, and loopback to itself.
 *
 * @param relayUnknown whether tunnels that hold neither TLS nor HTTP are relayed
 */
record DoorSetup(
    InetSocketAddress origin,
    UrlFilter filter,
    Limits limits,
    @Nullable ParentProxy parent,
    boolean relayUnknown) {

  /** After so many different hits, a client gets plain answers. */
  static final int DISTINCT_HITS = 100;

  static DoorSetup of(InetSocketAddress origin, UrlFilter filter) {
    return new DoorSetup(origin, filter, Limits.DEFAULT, null, false);
  }

  DoorSetup limits(Limits bounds) {
    return new DoorSetup(origin, filter, bounds, parent, relayUnknown);
  }

  /** Sends everything to the origin as to a proxy. */
  DoorSetup originIsParent() {
    ParentProxy proxy = new ParentProxy("127.0.0.1", origin.getPort());
    return new DoorSetup(origin, filter, limits, proxy, relayUnknown);
  }

  DoorSetup relayingUnknown() {
    return new DoorSetup(origin, filter, limits, parent, true);
  }
}
