package org.tidegate.proxy.upstream;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a name.
 *
 * @param seconds how long the addresses may be kept
 * @param certain whether a server said so, of every family, rather than none answering
 */
record DnsAnswer(List<InetAddress> addresses, long seconds, boolean certain) {
  private static final long LONG = 600;
  private static final long UNCERTAIN = 30;
  private static final long NONE = 5;

  /** There is no address, for certain or because nobody answered. */
  static DnsAnswer none(boolean certain) {
    return new DnsAnswer(List.of(), LONG, certain);
  }

  /** What is known once both families are. */
  DnsAnswer and(DnsAnswer other) {
    return new DnsAnswer(
        Stream.concat(addresses.stream(), other.addresses.stream()).toList(),
        Math.min(seconds, other.seconds),
        certain && other.certain);
  }

  /** After how many seconds to ask again: soon, if that might bring what is missing. */
  long askAgainSeconds() {
    if (addresses.isEmpty()) {
      return NONE;
    }
    return Math.max(1, Math.min(certain ? LONG : UNCERTAIN, seconds));
  }

  /** About how many bytes of the heap it takes to keep it. */
  int memory() {
    return 300 + 128 * addresses.size(); // measured: 240, and 60 for each of IPv4, 125 of IPv6
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "DnsAnswer";
  }
}
