package org.tidegate.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The addresses that begin with the same bits: a network in CIDR notation. Immutable. */
public final class ClientNetwork {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** ::ffff:0:0/96, as which IPv4 may arrive on a socket of both families (RFC 4291 §2.5.5.2). */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] address;
  private final int bits;

  private ClientNetwork(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * The network of that address, 4 or 16 bytes.
   *
   * @param bits how many of them all its addresses begin with
   * @throws IllegalArgumentException unless all bits of the address behind those are zero
   */
  public static ClientNetwork of(byte[] address, int bits) {
    if (address.length != IPV4_BYTES && address.length != IPV6_BYTES) {
      throw new IllegalArgumentException(
          "address of " + address.length + " bytes (expected: 4 or 16)");
    }
    if (bits < 0 || bits > 8 * address.length) {
      throw new IllegalArgumentException(
          "prefix of " + bits + " bits (expected: 0 to " + 8 * address.length + ")");
    }
    for (int bit = bits; bit < 8 * address.length; bit++) {
      if ((address[bit / 8] & (0x80 >> bit % 8)) != 0) {
        throw new IllegalArgumentException("address with bits behind the prefix (expected: none)");
      }
    }
    return new ClientNetwork(address.clone(), bits);
  }

  /** How many bits its addresses begin with: of two that hold an address, more is narrower. */
  int bits() {
    return bits;
  }

  /** Whether it holds an address: 4 or 16 bytes, an IPv4 one never as an IPv4-mapped one. */
  public boolean contains(byte[] client) {
    if (client.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(address, 0, whole, client, 0, whole)
        && (rest == 0 || ((address[whole] ^ client[whole]) & 0xff) >> 8 - rest == 0);
  }

  /** The IPv4 address in an IPv4-mapped one; any other as it is. */
  static byte[] unmapped(byte[] client) {
    int prefix = MAPPED.length;
    return client.length == IPV6_BYTES && Arrays.equals(client, 0, prefix, MAPPED, 0, prefix)
        ? Arrays.copyOfRange(client, prefix, IPV6_BYTES)
        : client;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ClientNetwork other
        && bits == other.bits
        && Arrays.equals(address, other.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "ClientNetwork";
  }
}
