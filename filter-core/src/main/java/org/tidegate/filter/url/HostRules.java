package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a host's bytes mean: steps C5 to C10. */
final class HostRules {
  /** URL standard, "forbidden domain code point", but for space and controls. */
  private static final String FORBIDDEN = "#%/:<>?@[\\]^|";

  private HostRules() {}

  /** Returns the canonical form of a host as it stands in a URL, without port. */
  static Optional<CanonicalHost> parse(byte[] text, int from, int to) {
    if (from < to && text[from] == '[') {
      return text[to - 1] == ']'
          ? Ipv6Text.parse(text, from + 1, to - 1).map(CanonicalHost::new) // C10
          : Optional.empty();
    }
    byte[] undone = Escapes.undo(text, from, to, Escapes.NONE).toArray(); // C5
    return toAscii(new String(undone, StandardCharsets.UTF_8)).flatMap(HostRules::fromAscii);
  }

  /** C6. Bytes that aren't UTF-8 have become U+FFFD, which UTS 46 refuses. */
  private static Optional<String> toAscii(String host) {
    boolean ascii = host.chars().allMatch(c -> c < 0x80);
    return ascii ? Optional.of(host.toLowerCase(Locale.ROOT)) : IdnaHost.toAscii(host);
  }

  private static Optional<CanonicalHost> fromAscii(String ascii) {
    String outer = withoutOuterDots(ascii);
    String host = withoutDoubledDots(outer);
    if (host.isEmpty() || host.chars().anyMatch(HostRules::isForbidden)) {
      return Optional.empty();
    }
    if (!Ipv4Text.endsInNumber(host)) {
      return Optional.of(new CanonicalHost(host.getBytes(StandardCharsets.US_ASCII)));
    }
    // C9: no browser and no resolver reads an address with an empty part.
    boolean emptyPart = host.length() < outer.length() || ascii.startsWith(".");
    return emptyPart ? Optional.empty() : Ipv4Text.parse(host).map(CanonicalHost::new);
  }

  /** C7. */
  private static String withoutOuterDots(String host) {
    int start = 0;
    int end = host.length();
    while (start < end && host.charAt(start) == '.') {
      start++;
    }
    while (end > start && host.charAt(end - 1) == '.') {
      end--;
    }
    return host.substring(start, end);
  }

  /** C7. */
  private static String withoutDoubledDots(String host) {
    StringBuilder out = new StringBuilder(host.length());
    for (int i = 0; i < host.length(); i++) {
      if (host.charAt(i) != '.' || host.charAt(i - 1) != '.') {
        out.append(host.charAt(i));
      }
    }
    return out.toString();
  }

  /** C8. */
  private static boolean isForbidden(int c) {
    return c <= 0x20 || c >= 0x7F || FORBIDDEN.indexOf(c) >= 0;
  }
}
