package org.tidegate.proxy.littleproxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HostResolver;
import org.tidegate.proxy.upstream.AddressRules;

/**
 * Resolves to the first address that the rules allow.
 *
 * @param names who knows the addresses; null for the system
 */
record RuledNames(AddressRules rules, @Nullable HostResolver names) implements HostResolver {

  @Override
  public InetSocketAddress resolve(String host, int port) throws UnknownHostException {
    for (InetSocketAddress address : addresses(host, port)) {
      if (rules.allow(address)) {
        return address;
      }
    }
    throw new UnknownHostException("no address that is allowed");
  }

  private List<InetSocketAddress> addresses(String host, int port) throws UnknownHostException {
    HostResolver resolver = names;
    if (resolver != null) {
      return List.of(resolver.resolve(host, port));
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(host)) {
      addresses.add(new InetSocketAddress(address, port));
    }
    return addresses;
  }
}
