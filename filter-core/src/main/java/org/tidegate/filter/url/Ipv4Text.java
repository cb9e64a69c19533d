package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** IPv4 addresses in all the spellings that browsers accept (C9; URL standard, "IPv4 parser"). */
final class Ipv4Text {
  private static final long TOO_LARGE = 1L << 32;

  private Ipv4Text() {}

  /** Whether a host without outer dots is an address or nothing: its last label is a number. */
  static boolean endsInNumber(String host) {
    int start = host.lastIndexOf('.') + 1;
    if (start == host.length() || host.charAt(start) < '0' || host.charAt(start) > '9') {
      return false; // numbers begin with a digit, hexadecimal ones too
    }
    String last = host.substring(start);
    return isDigits(last) || number(last).isPresent();
  }

  /** Whether that is the dotted decimal form of an address: four numbers without leading zeros. */
  static boolean isCanonical(byte[] text, int from, int to) {
    int parts = 0;
    int at = from;
    while (parts < 4 && at < to) {
      int value = 0;
      int start = at;
      while (at < to && at < start + 3 && text[at] >= '0' && text[at] <= '9') {
        value = value * 10 + text[at++] - '0';
      }
      boolean ends = at == to ? parts == 3 : text[at] == '.';
      if (at == start || (text[start] == '0' && at > start + 1) || value > 255 || !ends) {
        return false;
      }
      at++;
      parts++;
    }
    return parts == 4 && at == to + 1;
  }

  /** Returns the dotted decimal form. */
  static Optional<byte[]> parse(String host) {
    String[] parts = host.split("\\.", 5);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      OptionalLong part = number(parts[i]);
      boolean last = i == parts.length - 1;
      int bits = last ? 8 * (5 - parts.length) : 8;
      if (part.isEmpty() || part.getAsLong() >= 1L << bits) {
        return Optional.empty();
      }
      address = address << bits | part.getAsLong();
    }
    return Optional.of(format(address));
  }

  /** The dotted decimal form of the low 32 bits. */
  static byte[] format(long address) {
    String text =
        (address >> 24 & 255)
            + "."
            + (address >> 16 & 255)
            + "."
            + (address >> 8 & 255)
            + "."
            + (address & 255);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A part: decimal, octal after {@code 0}, hexadecimal after {@code 0x}, which alone is zero. */
  private static OptionalLong number(String part) {
    if (part.isEmpty()) {
      return OptionalLong.empty();
    }
    if (part.startsWith("0x") || part.startsWith("0X")) {
      return digits(part, 2, 16);
    }
    return part.startsWith("0") ? digits(part, 1, 8) : digits(part, 0, 10);
  }

  private static OptionalLong digits(String part, int from, int radix) {
    long value = 0;
    for (int i = from; i < part.length(); i++) {
      int digit = part.charAt(i) < 0x80 ? Character.digit(part.charAt(i), radix) : -1;
      if (digit < 0) {
        return OptionalLong.empty();
      }
      value = Math.min(value * radix + digit, TOO_LARGE);
    }
    return OptionalLong.of(value);
  }

  private static boolean isDigits(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
