package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
   * Returns the canonical form of a host without port, or nothing where it has none. Never throws.
   */
  public static Optional<CanonicalHost> parse(String host) {
    return host.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CanonicalHost(host.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)));
  }

  /** The canonical bytes, shared with this host: not to be changed. */
  public byte[] bytes() {
    return text;
  }

  /** Whether this is an IPv4 or IPv6 address, which has no sub-domains. */
  public boolean isAddress() {
    return text[0] == '[';
  }

  public String text() {
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Discloses nothing: hosts are kept out of logs and messages. */
  @Override
  public String toString() {
    return "CanonicalHost";
  }
}
