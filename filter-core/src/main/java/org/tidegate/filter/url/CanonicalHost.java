package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A host in canonical form: lower-case ASCII labels, a dotted IPv4 address, or an IPv6 address in
 * brackets. Immutable.
 */
public final class CanonicalHost {
  private final byte[] text;

  CanonicalHost(byte[] text) {
    this.text = text;
  }

  /**
   * Returns the canonical form of a host as it stands in a URL, without port and with nothing
   * around it, or nothing where it has none. Never throws.
   */
  public static Optional<CanonicalHost> parse(String host) {
    byte[] bytes = Utf8.encode(host);
    return HostRules.parse(bytes, 0, bytes.length);
  }

  /**
   * Returns the host of a URL as it came, or nothing where the URL is invalid: path and query make
   * none so. Never throws.
   */
  public static Optional<CanonicalHost> ofUrl(byte[] url, int from, int to) {
    Objects.checkFromToIndex(from, to, url.length);
    UrlView view = new UrlView();
    return CanonicalScan.host(url, from, to, view)
        ? Optional.of(view.toHost())
        : UrlRewrite.host(url, from, to);
  }

  /** The canonical bytes, shared with this host: not to be changed. */
  public byte[] bytes() {
    return text;
  }

  /** Whether this is an IPv4 or IPv6 address, which has no sub-domains. */
  public boolean isAddress() {
    return isAddress(text, text.length);
  }

  /** C9 leaves no other host whose last label is a number. */
  static boolean isAddress(byte[] host, int end) {
    byte last = host[end - 1];
    return last == ']' || (last >= '0' && last <= '9' && isDigitsAndDots(host, end));
  }

  /** The canonical text. */
  public String text() {
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static boolean isDigitsAndDots(byte[] host, int end) {
    for (int i = 0; i < end; i++) {
      if (host[i] != '.' && (host[i] < '0' || host[i] > '9')) {
        return false;
      }
    }
    return true;
  }

  /** Discloses nothing: hosts are kept out of logs and messages. */
  @Override
  public String toString() {
    return "CanonicalHost";
  }
}
