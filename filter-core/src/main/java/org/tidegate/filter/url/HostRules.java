package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a host's bytes mean: steps C5 to C10. */
final class HostRules {
  /** C8; URL standard, "forbidden domain code point". */
  private static final boolean[] FORBIDDEN = new boolean[128];

  static {
    for (int c = 0; c < FORBIDDEN.length; c++) {
      FORBIDDEN[c] = c <= 0x20 || c == 0x7F || "#%/:<>?@[\\]^|".indexOf(c) >= 0;
    }
  }

  private HostRules() {}

  /** Returns the canonical form of a host as it stands in a URL, without port. */
  static Optional<CanonicalHost> parse(byte[] text, int from, int to) {
    if (from < to && text[from] == '[') {
      return text[to - 1] == ']'
          ? Ipv6Text.parse(text, from + 1, to - 1).map(CanonicalHost::new) // C10
          : Optional.empty();
    }
    byte[] undone = Escapes.undo(text, from, to, Escapes.NONE).toArray(); // C5
    if (isAscii(undone)) {
      return fromAscii(undone);
    }
    // C6. Bytes that aren't UTF-8 have become U+FFFD, which UTS 46 refuses.
    return IdnaHost.toAscii(new String(undone, StandardCharsets.UTF_8))
        .flatMap(host -> fromAscii(host.getBytes(StandardCharsets.US_ASCII)));
  }

  private static boolean isAscii(byte[] host) {
    for (byte b : host) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<CanonicalHost> fromAscii(byte[] ascii) {
    byte[] host = withoutSpareDots(ascii);
    for (int i = 0; i < host.length; i++) {
      if (FORBIDDEN[host[i]]) {
        return Optional.empty();
      }
      host[i] = host[i] >= 'A' && host[i] <= 'Z' ? (byte) (host[i] | 0x20) : host[i]; // C6
    }
    if (host.length == 0) {
      return Optional.empty();
    }
    String text = new String(host, StandardCharsets.US_ASCII);
    if (!Ipv4Text.endsInNumber(text)) {
      return Optional.of(new CanonicalHost(host));
    }
    // C9: no browser and no resolver reads an address with an empty part.
    int spare = ascii.length - host.length;
    boolean emptyPart = ascii[0] == '.' || spare > trailingDots(ascii);
    return emptyPart ? Optional.empty() : Ipv4Text.parse(text).map(CanonicalHost::new);
  }

  /** C7: without dots before and behind it, and one in the place of several. */
  private static byte[] withoutSpareDots(byte[] host) {
    byte[] out = new byte[host.length];
    int length = 0;
    for (byte b : host) {
      if (b != '.' || (length > 0 && out[length - 1] != '.')) {
        out[length++] = b;
      }
    }
    return Arrays.copyOf(out, length > 0 && out[length - 1] == '.' ? length - 1 : length);
  }

  private static int trailingDots(byte[] host) {
    int i = host.length;
    while (i > 0 && host[i - 1] == '.') {
      i--;
    }
    return host.length - i;
  }
}
