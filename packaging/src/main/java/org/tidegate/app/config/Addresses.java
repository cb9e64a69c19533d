package org.tidegate.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ClientNetwork;

/** Addresses as they are written. No name is ever resolved. */
final class Addresses {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern SOCKET =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
  private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f:.]+)(?:/([0-9]{1,3}))?");

  private Addresses() {}

  /** An address with a port of at least that number. */
  static @Nullable InetSocketAddress socket(String text, int leastPort) {
    Matcher m = SOCKET.matcher(text);
    if (!m.matches()) {
      return null;
    }
    String bracketed = m.group(1);
    boolean ipv6 = bracketed != null && bracketed.indexOf(':') >= 0;
    InetAddress address = bracketed == null ? ipv4OrLocalhost(m.group(2)) : ip(bracketed);
    int port = Integer.parseInt(m.group(3));
    if (address == null || ipv6 != (bracketed != null)) {
      return null;
    }
    return port < leastPort || port > 65_535 ? null : new InetSocketAddress(address, port);
  }

  /** An address, with a port or without. */
  static @Nullable InetSocketAddress socketOr(String text, int defaultPort) {
    InetAddress alone = ip(text);
    return alone == null ? socket(text, 1) : new InetSocketAddress(alone, defaultPort);
  }

  static @Nullable ClientNetwork network(String text) {
    Matcher m = NETWORK.matcher(text);
    InetAddress address = m.matches() ? ip(m.group(1)) : null;
    if (address == null) {
      return null;
    }
    byte[] bytes = address.getAddress();
    int bits = m.group(2) == null ? 8 * bytes.length : Integer.parseInt(m.group(2));
    try {
      return ClientNetwork.of(bytes, bits);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable InetAddress ipv4OrLocalhost(String text) {
    return text.equals("localhost") ? InetAddress.getLoopbackAddress() : ip(text);
  }

  /** A text that is an address: then nothing is looked up. */
  private static @Nullable InetAddress ip(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
