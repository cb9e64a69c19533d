package org.tidegate.proxy.listen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.proxy.event.ListenerKind;

/**
 * Where clients come in, and how.
 *
 * @param proxyProtocolFrom who must begin each connection with a PROXY header that names the
 *     client; nobody else may then connect. Empty where clients connect themselves
 * @param spoofing whether connections onward come from the client's own address
 * @param refusesForeign whether an intercepted request is refused whose host does not have the
 *     address that the client chose; else it goes to an address that the host has
 * @param inspects whether TLS is inspected there
 */
public record Listener(
    InetSocketAddress address,
    Kind kind,
    List<ClientNetwork> proxyProtocolFrom,
    boolean spoofing,
    boolean refusesForeign,
    boolean inspects) {

  /** How connections get to a listener. */
  public enum Kind {
    /** Clients know the proxy and connect to it. */
    EXPLICIT,
    /** The kernel hands over connections to others (TPROXY). */
    TPROXY,
    /** The kernel rewrites their destination (REDIRECT). */
    REDIRECT
  }

  public Listener {
    proxyProtocolFrom = List.copyOf(proxyProtocolFrom);
    if (spoofing && kind != Kind.TPROXY) { // the way back leads through its rules
      throw new IllegalArgumentException("the clients' addresses (expected: TPROXY)");
    }
    if (kind == Kind.EXPLICIT && refusesForeign) {
      throw new IllegalArgumentException(
          "an explicit listener with options of interception (expected: a transparent one)");
    }
  }

  /** One that clients connect to knowingly; port 0 picks one. */
  public static Listener explicit(InetSocketAddress address) {
    return new Listener(address, Kind.EXPLICIT, List.of(), false, false, false);
  }

  /** One that gets connections meant for others. */
  public static Listener transparent(InetSocketAddress address, Kind interception) {
    if (interception == Kind.EXPLICIT) {
      throw new IllegalArgumentException("EXPLICIT (expected: TPROXY or REDIRECT)");
    }
    return new Listener(address, interception, List.of(), false, false, false);
  }

  /** The same behind senders of the PROXY protocol. */
  public Listener behind(List<ClientNetwork> senders) {
    return new Listener(address, kind, senders, spoofing, refusesForeign, inspects);
  }

  /** The same, with connections onward coming from the client's own address. */
  public Listener withClientsAddress() {
    return new Listener(address, kind, proxyProtocolFrom, true, refusesForeign, inspects);
  }

  /** The same, refusing what is not meant for the address that the client chose. */
  public Listener refusingForeignAddresses() {
    return new Listener(address, kind, proxyProtocolFrom, spoofing, true, inspects);
  }

  /** The same, reading what is inside TLS. */
  public Listener inspecting() {
    return new Listener(address, kind, proxyProtocolFrom, spoofing, refusesForeign, true);
  }

  /** The same at another address. */
  public Listener at(InetSocketAddress other) {
    return new Listener(other, kind, proxyProtocolFrom, spoofing, refusesForeign, inspects);
  }

  public boolean isTransparent() {
    return kind != Kind.EXPLICIT;
  }

  /** As what it is counted. */
  public ListenerKind seen() {
    return isTransparent() ? ListenerKind.TRANSPARENT : ListenerKind.EXPLICIT;
  }

  /** Whether connections begin with a PROXY header. */
  public boolean expectsProxyHeader() {
    return !proxyProtocolFrom.isEmpty();
  }

  /** Whether that peer may connect. */
  public boolean admits(InetAddress peer) {
    return !expectsProxyHeader()
        || proxyProtocolFrom.stream().anyMatch(n -> n.contains(peer.getAddress()));
  }
}
