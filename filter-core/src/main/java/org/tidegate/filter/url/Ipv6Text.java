package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** IPv6 addresses without their brackets (C10; URL standard, "IPv6 parser"; RFC 5952). */
final class Ipv6Text {
  private static final int PIECES = 8;

  private final byte[] text;
  private final int to;
  private int at;
  private final int[] pieces = new int[PIECES];
  private int count;

  /** How many pieces stand before {@code ::}, or -1. */
  private int gap = -1;

  private Ipv6Text(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  /**
   * Returns the compressed form in brackets, or the dotted decimal form of an IPv4 address that is
   * mapped ({@code ::ffff:0:0/96}) or translated ({@code 64:ff9b::/96}).
   */
  static Optional<byte[]> parse(byte[] text, int from, int to) {
    Ipv6Text address = new Ipv6Text(text, from, to);
    if (!address.read()) {
      return Optional.empty();
    }
    return Optional.of(address.carriesIpv4() ? address.ipv4() : address.format());
  }

  private boolean read() {
    if (skip("::")) {
      gap = 0;
    }
    while (at < to) {
      if (count == PIECES || !readPiece()) {
        return false;
      }
    }
    return gap < 0 ? count == PIECES : widen();
  }

  /** Reads one piece and the colons after it, or an IPv4 address at the end. */
  private boolean readPiece() {
    int start = at;
    int value = 0;
    while (at < to && at - start < 4 && Escapes.hexValue(text[at]) >= 0) {
      value = value << 4 | Escapes.hexValue(text[at++]);
    }
    if (starts(".")) {
      at = start;
      return readIpv4();
    }
    if (at == start) {
      return false;
    }
    pieces[count++] = value;
    return at == to || readColons();
  }

  private boolean readColons() {
    if (skip("::")) {
      boolean first = gap < 0;
      gap = count;
      return first;
    }
    return skip(":") && at < to;
  }

  private boolean readIpv4() {
    if (count > PIECES - 2) {
      return false;
    }
    int address = 0;
    for (int i = 0; i < 4; i++) {
      int octet = i == 0 || skip(".") ? readOctet() : -1;
      if (octet < 0) {
        return false;
      }
      address = address << 8 | octet;
    }
    pieces[count++] = address >>> 16;
    pieces[count++] = address & 0xFFFF;
    return at == to;
  }

  /** Decimal without leading zeros, up to 255; or -1. */
  private int readOctet() {
    int start = at;
    int value = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9' && value <= 255) {
      value = value * 10 + text[at++] - '0';
    }
    boolean padded = at - start > 1 && text[start] == '0';
    return at == start || padded || value > 255 ? -1 : value;
  }

  /** Fills the gap with zeros; it stands for one piece at least. */
  private boolean widen() {
    if (count == PIECES) {
      return false;
    }
    int after = count - gap;
    for (int i = 1; i <= after; i++) {
      pieces[PIECES - i] = pieces[count - i];
      pieces[count - i] = 0;
    }
    return true;
  }

  private boolean carriesIpv4() {
    boolean middle = (pieces[2] | pieces[3] | pieces[4]) == 0;
    boolean mapped = (pieces[0] | pieces[1]) == 0 && pieces[5] == 0xFFFF;
    boolean translated = pieces[0] == 0x64 && pieces[1] == 0xFF9B && pieces[5] == 0;
    return middle && (mapped || translated);
  }

  private byte[] ipv4() {
    return Ipv4Text.format((long) pieces[6] << 16 | pieces[7]);
  }

  /** RFC 5952 §4: the first longest run of two zeros or more becomes {@code ::}. */
  private byte[] format() {
    int longest = longestZeros();
    int length = zerosAt(longest);
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < PIECES; i++) {
      if (i == longest && length > 1) {
        out.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else {
        out.append(Integer.toHexString(pieces[i])).append(i == PIECES - 1 ? "" : ":");
      }
    }
    return out.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private int longestZeros() {
    int longest = 0;
    for (int i = 1; i < PIECES; i++) {
      longest = zerosAt(i) > zerosAt(longest) ? i : longest;
    }
    return longest;
  }

  private int zerosAt(int from) {
    int i = from;
    while (i < PIECES && pieces[i] == 0) {
      i++;
    }
    return i - from;
  }

  private boolean starts(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (at + i >= to || text[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean skip(String expected) {
    boolean found = starts(expected);
    at += found ? expected.length() : 0;
    return found;
  }
}
