package org.tidegate.filter;

import java.util.Arrays;

/** Addresses of tests, as bytes. */
final class Addresses {
  private Addresses() {}

  /** Dotted decimal, or IPv6 with {@code ::} and perhaps dotted decimal at its end. */
  static byte[] bytes(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static byte[] ipv4(String text) {
    byte[] bytes = new byte[4];
    String[] parts = text.split("\\.");
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte[] ipv6(String text) {
    String[] halves = text.split("::", -1);
    byte[] head = words(halves[0]);
    byte[] tail = words(halves[halves.length - 1]);
    byte[] bytes = Arrays.copyOf(head, 16);
    System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
    return bytes;
  }

  private static byte[] words(String text) {
    byte[] bytes = new byte[0];
    for (String word : text.split(":")) {
      if (word.contains(".")) {
        bytes = Arrays.copyOf(bytes, bytes.length + 4);
        System.arraycopy(ipv4(word), 0, bytes, bytes.length - 4, 4);
      } else if (!word.isEmpty()) {
        int value = Integer.parseInt(word, 16);
        bytes = Arrays.copyOf(bytes, bytes.length + 2);
        bytes[bytes.length - 2] = (byte) (value >> 8);
        bytes[bytes.length - 1] = (byte) value;
      }
    }
    return bytes;
  }
}
