package org.tidegate.proxy.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.listen.ProxyVersion;

/**
 * How a connection onward is made on a client's behalf, beside where it goes.
 *
 * @param chosen the address that an intercepted client had chosen: gone to if the host has it
 * @param refusesForeign whether there is no other way than the chosen address
 * @param source the address that the connection comes from; null for the gateway's own
 * @param announced the client that a PROXY header names first of all; null for no such header
 * @param rounds how often the gateway sent this on before
 */
public record Approach(
    @Nullable InetSocketAddress chosen,
    boolean refusesForeign,
    @Nullable InetAddress source,
    @Nullable Announced announced,
    int rounds) {

  /** A client, and how it is named. */
  public record Announced(ProxyVersion version, InetSocketAddress client) {}

  /** On behalf of nobody in particular. */
  public static final Approach PLAIN = new Approach(null, false, null, null, 0);

  /** The same by way of a parent proxy, which finds addresses itself. */
  Approach toParent() {
    return chosen == null ? this : new Approach(null, false, source, announced, rounds);
  }

  /** Whether a connection from the source can get there. */
  boolean reaches(InetSocketAddress target) {
    return source == null || isIpv6(source) == isIpv6(target.getAddress());
  }

  static boolean isIpv6(InetAddress address) {
    return address instanceof Inet6Address;
  }

  /** Whether such a connection serves one client connection only. */
  boolean isPersonal() {
    return source != null || announced != null;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Approach";
  }
}
