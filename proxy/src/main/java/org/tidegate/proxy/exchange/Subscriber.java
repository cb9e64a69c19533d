package org.tidegate.proxy.exchange;

/** Whose a client's address is: an IPv4 address, or the /64 of an IPv6 one. */
public record Subscriber(int length, long bits) {
  private static final int NETWORK_BYTES = 8;

  /** The one that has this address, of 4 or 16 bytes. */
  public static Subscriber of(byte[] address) {
    long bits = 0;
    for (int i = 0; i < Math.min(address.length, NETWORK_BYTES); i++) {
      bits = bits << 8 | (address[i] & 0xff);
    }
    return new Subscriber(address.length, bits);
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Subscriber";
  }
}
