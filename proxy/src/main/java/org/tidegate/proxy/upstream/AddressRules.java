package org.tidegate.proxy.upstream;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which addresses the gateway may connect to. Loopback, link-local, metadata services, multicast,
 * reserved and the machine's own addresses are refused unless allowed by name. Immutable.
 */
public final class AddressRules {
  /** 64:ff9b::/96, by which a network of IPv6 alone reaches IPv4 (RFC 6052). */
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  /** Where clouds answer virtual machines about themselves, beside the link-local range. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          literal("168.63.129.16"),
          literal("100.100.100.200"),
          literal("fd00:ec2::254"),
          literal("fd20:ce::254"));

  private final boolean privateAllowed;
  private final Set<InetSocketAddress> allowed;
  private final Set<InetAddress> own;

  /**
   * Makes rules.
   *
   * @param privateAllowed whether private networks (RFC 1918, RFC 4193, RFC 6598) may be reached
   * @param allowed addresses with ports that may be reached whatever the rules say
   */
  public AddressRules(boolean privateAllowed, List<InetSocketAddress> allowed) {
    this.privateAllowed = privateAllowed;
    this.allowed = Set.copyOf(allowed);
    this.own = ownAddresses();
  }

  /** Whether a connection to this address and port may be opened. */
  public boolean allow(InetSocketAddress target) {
    return isAllowedByName(target) || !isRefused(target.getAddress());
  }

  /** Whether it may be reached whatever it is. */
  boolean isAllowedByName(InetSocketAddress target) {
    return allowed.contains(target);
  }

  /** The IPv4 address within a NAT64 one; any other as it is. */
  static InetAddress unwrapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)
        ? ipv4(Arrays.copyOfRange(bytes, NAT64.length, 16))
        : address;
  }

  private boolean isRefused(InetAddress address) {
    InetAddress within = unwrapped(address);
    if (!within.equals(address)) {
      return isRefused(within);
    }
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || own.contains(address)
        || METADATA.contains(address)
        || isReserved(bytes)
        || (!privateAllowed && isPrivate(address));
  }

  private static InetAddress literal(String address) {
    return NetUtil.createInetAddressFromIpAddressString(address);
  }

  private static InetAddress ipv4(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 bytes expected", e);
    }
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      return address.isSiteLocalAddress() || (first == 100 && (second & 0xc0) == 64);
    }
    return (first & 0xfe) == 0xfc || address.isSiteLocalAddress();
  }

  /** 0/8, 192.0.0/24 and 240/4; in IPv6 what carries an IPv4 address or is not global unicast. */
  private static boolean isReserved(byte[] bytes) {
    int first = bytes[0] & 0xff;
    if (bytes.length == 4) {
      boolean protocolAssignments = first == 192 && bytes[1] == 0 && bytes[2] == 0;
      return first == 0 || first >= 240 || protocolAssignments;
    }
    boolean globalUnicast = (first & 0xe0) == 0x20;
    boolean uniqueLocal = (first & 0xfe) == 0xfc;
    boolean siteLocal = first == 0xfe;
    boolean sixToFour = first == 0x20 && (bytes[1] & 0xff) == 0x02;
    boolean teredo = first == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return !(globalUnicast || uniqueLocal || siteLocal) || sixToFour || teredo;
  }

  /** The addresses of the machine at this moment. */
  static Set<InetAddress> ownAddresses() {
    Set<InetAddress> own = new HashSet<>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(own::add);
    } catch (SocketException e) {
      throw new IllegalStateException("the machine's network interfaces cannot be read", e);
    }
    return Set.copyOf(own);
  }
}
