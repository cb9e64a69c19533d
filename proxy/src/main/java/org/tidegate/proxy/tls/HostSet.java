package org.tidegate.proxy.tls;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidegate.filter.url.CanonicalHost;

/** Hosts by name, each with all its sub-domains; addresses by themselves. Immutable. */
final class HostSet {
  private final Set<String> names;

  HostSet(Collection<CanonicalHost> hosts) {
    names = hosts.stream().map(CanonicalHost::text).collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(CanonicalHost host) {
    if (names.isEmpty()) {
      return false;
    }
    String name = host.text();
    while (!names.contains(name)) {
      int dot = name.indexOf('.');
      if (dot < 0) {
        return false;
      }
      name = name.substring(dot + 1);
    }
    return true;
  }
}
