package org.tidegate.proxy.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Of the addresses that a host has, those that a connection may be tried to. Immutable. */
final class Candidates {
  private static final int MOST = 8;

  private final AddressRules rules;
  private final OwnTraffic own;

  Candidates(AddressRules rules, OwnTraffic own) {
    this.rules = rules;
    this.own = own;
  }

  OwnTraffic own() {
    return own;
  }

  /**
   * What may be tried, in this order.
   *
   * @param found the addresses of the host
   * @param unchecked whether the address rules do not hold: the operator named it
   * @throws DialFailure where nothing may be
   */
  Queue<InetSocketAddress> of(List<InetSocketAddress> found, Approach approach, boolean unchecked)
      throws DialFailure {
    InetSocketAddress chosen = approach.chosen();
    if (chosen == null) {
      return byTurns(allowed(found, approach, unchecked));
    }
    List<InetSocketAddress> only = allowed(List.of(chosen), approach, unchecked);
    if (has(found, chosen)) {
      return byTurns(only);
    }
    if (approach.refusesForeign()) {
      throw new DialFailure(DialFailure.Reason.FOREIGN_ADDRESS);
    }
    return byTurns(allowed(found, approach, unchecked));
  }

  /** A client behind NAT64 chooses an address that stands for one of IPv4. */
  private static boolean has(List<InetSocketAddress> found, InetSocketAddress chosen) {
    InetAddress address = AddressRules.unwrapped(chosen.getAddress());
    return found.stream()
        .anyMatch(
            f ->
                f.getPort() == chosen.getPort()
                    && AddressRules.unwrapped(f.getAddress()).equals(address));
  }

  private List<InetSocketAddress> allowed(
      List<InetSocketAddress> targets, Approach approach, boolean unchecked) throws DialFailure {
    List<InetSocketAddress> allowed = new ArrayList<>();
    boolean loop = false;
    boolean beyondReach = false;
    for (InetSocketAddress target : targets) {
      if (own.isListener(target)) {
        loop = true;
      } else if (!approach.reaches(target)) {
        beyondReach = true;
      } else if (unchecked || rules.allow(target)) {
        allowed.add(target);
      }
    }
    if (allowed.isEmpty()) {
      throw new DialFailure(reason(loop, beyondReach));
    }
    return allowed;
  }

  private static DialFailure.Reason reason(boolean loop, boolean beyondReach) {
    if (loop) {
      return DialFailure.Reason.LOOP;
    }
    return beyondReach ? DialFailure.Reason.UNREACHABLE : DialFailure.Reason.ADDRESS_REFUSED;
  }

  /** IPv6 and IPv4 by turns, in the resolver's order within each. */
  private static Queue<InetSocketAddress> byTurns(List<InetSocketAddress> targets) {
    List<InetSocketAddress> v6 = new ArrayList<>();
    List<InetSocketAddress> v4 = new ArrayList<>();
    for (InetSocketAddress target : targets) {
      (Approach.isIpv6(target.getAddress()) ? v6 : v4).add(target);
    }
    Queue<InetSocketAddress> turns = new ArrayDeque<>();
    for (int i = 0; i < Math.max(v6.size(), v4.size()) && turns.size() < MOST; i++) {
      if (i < v6.size()) {
        turns.add(v6.get(i));
      }
      if (i < v4.size()) {
        turns.add(v4.get(i));
      }
    }
    return turns;
  }

  /** An address that became the machine's own after the start, a shared one for instance. */
  boolean isOwnAfterAll(InetSocketAddress local, InetSocketAddress remote) {
    return local.getAddress().equals(remote.getAddress()) && !rules.isAllowedByName(remote);
  }
}
