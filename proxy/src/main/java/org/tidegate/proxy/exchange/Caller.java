package org.tidegate.proxy.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.Whose;
import org.tidegate.proxy.listen.Arrival;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.listen.ProxyHeader;
import org.tidegate.proxy.upstream.Approach;

/**
 * Who is at the other end of a client connection, and where it meant to go: as the kernel says, as
 * a trusted sender's PROXY header says, and as a trusted proxy's request says. Used by one event
 * loop only.
 */
final class Caller {
  private static final int MOST_ROUNDS = 2;
  private static final int UNKNOWN = -1;

  private Arrival arrival;
  private InetSocketAddress client;
  private int rounds = UNKNOWN;

  Caller(Arrival arrival) {
    this.arrival = arrival;
    this.client = arrival.client();
  }

  Listener listener() {
    return arrival.listener();
  }

  @Nullable InetSocketAddress destination() {
    return arrival.destination();
  }

  /** Who the client is: 4 or 16 bytes. */
  byte[] address() {
    return client.getAddress().getAddress();
  }

  void announce(ProxyHeader header) {
    arrival = header.applyTo(arrival);
    client = arrival.client();
  }

  /** A request may say whose it is. */
  void identify(GatedRequest request, ForwardedRules rules) {
    InetAddress peer = arrival.client().getAddress();
    InetAddress named = rules.client(request.head(), peer);
    client = named.equals(peer) ? arrival.client() : new InetSocketAddress(named, 0);
  }

  /** On whose behalf connections onward are made. */
  Approach approach(Services services) {
    Approach.Announced announced = services.upstreams().announced(client);
    if (!listener().isTransparent() && announced == null) {
      return Approach.PLAIN;
    }
    return new Approach(
        destination(),
        listener().refusesForeign(),
        listener().spoofing() ? arrival.client().getAddress() : null,
        announced,
        rounds(services));
  }

  /** What is said onward of whose requests are. */
  Whose whose(ForwardedRules rules) {
    return new Whose(rules, client.getAddress(), arrival.client().getAddress());
  }

  /** Whether what arrives was meant for the gateway, or goes round. */
  boolean isOwnTraffic(Services services) {
    InetSocketAddress destination = destination();
    return listener().isTransparent()
        && (destination == null
            || services.own().isListener(destination)
            || rounds(services) > MOST_ROUNDS);
  }

  /** Told when bytes have arrived, by what has not been answered then. */
  private int rounds(Services services) {
    InetSocketAddress destination = destination();
    if (rounds == UNKNOWN) {
      rounds = destination == null ? 0 : services.own().rounds(arrival.client(), destination);
    }
    return rounds;
  }
}
