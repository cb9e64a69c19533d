package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tidegate.filter.url.CanonicalHost;

/** A host and an optional port, as a target or a Host field spells them (RFC 3986 §3.2). */
record Authority(CanonicalHost host, int port) {
  /** The port where none is named. */
  static final int NO_PORT = -1;

  private static final byte[] PREFIX = "http://".getBytes(StandardCharsets.US_ASCII);

  /** Reads {@code host[:port]}; whatever could end it, or hide a host before it, has no place. */
  static Optional<Authority> parse(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '/' || b == '?' || b == '#' || b == '\\' || b == '@' || !Syntax.isTarget(b)) {
        return Optional.empty();
      }
    }
    int port = port(bytes, from, to);
    if (from == to || port == 0) {
      return Optional.empty();
    }
    byte[] url = new byte[PREFIX.length + to - from];
    System.arraycopy(PREFIX, 0, url, 0, PREFIX.length);
    System.arraycopy(bytes, from, url, PREFIX.length, to - from);
    return CanonicalHost.ofUrl(url, 0, url.length).map(host -> new Authority(host, port));
  }

  /**
   * The port that an authority names, as written: the canonical form leaves out both 80 and 443.
   * Digits are checked by the canonicaliser, which refuses what this would misread.
   */
  static int port(byte[] bytes, int from, int to) {
    int colon = to - 1;
    while (colon >= from && bytes[colon] >= '0' && bytes[colon] <= '9') {
      colon--;
    }
    if (colon < from || bytes[colon] != ':' || colon == to - 1) {
      return NO_PORT;
    }
    long port = 0;
    for (int i = colon + 1; i < to; i++) {
      port = Math.min(port * 10 + bytes[i] - '0', 65_536);
    }
    return port > 65_535 ? 0 : (int) port;
  }

  int portOr(int defaultPort) {
    return port == NO_PORT ? defaultPort : port;
  }

  @Override
  public String toString() {
    return "Authority";
  }
}
