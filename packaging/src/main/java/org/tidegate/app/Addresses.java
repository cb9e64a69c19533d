package org.tidegate.app;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.tidegate.proxy.ListenException;

/** Addresses of listeners, for messages. */
final class Addresses {
  private Addresses() {}

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean bracketed = address.getAddress() instanceof Inet6Address;
    return (bracketed ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  static String text(List<InetSocketAddress> addresses) {
    return addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
  }

  static String cannotListen(ListenException e) {
    String address = text(e.address());
    if (e.lacking().isPresent()) {
      return address + ": " + e.lacking().get();
    }
    return new PortException(e).isTaken()
        ? address + " is taken"
        : address + " cannot be listened on";
  }
}
