package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Names as one segment of a URL's path, or as a file name: nothing in them leads elsewhere. */
public final class Quoted {
  private static final String KEPT = "-._~";

  private Quoted() {}

  /** The name, all but letters, digits and {@code -._~} percent-encoded (RFC 3986 §2.3). */
  public static String of(String name) {
    StringBuilder quoted = new StringBuilder();
    for (byte b : name.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isAlphanumeric(c) || KEPT.indexOf(c) >= 0) {
        quoted.append(c);
      } else {
        quoted.append(String.format("%%%02X", (int) c));
      }
    }
    return quoted.toString();
  }

  /** A path with each of its segments quoted. */
  static String path(String path) {
    StringBuilder quoted = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      quoted.append(quoted.isEmpty() ? "" : "/").append(of(segment));
    }
    return quoted.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
