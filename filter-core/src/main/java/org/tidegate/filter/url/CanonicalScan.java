package org.tidegate.filter.url;

import java.util.Arrays;
import java.util.Optional;

/**
 * The hot path: recognises a URL that is canonical already, but for a lower-case scheme before it,
 * in one scan. It may miss one (addresses, odd hosts), never accept another; {@link UrlRewrite} is
 * the slow and obvious version that tests compare it with.
 */
final class CanonicalScan {
  private static final int HOST = 1;
  private static final int PATH = 2;
  private static final int QUERY = 4;
  private static final byte[] KINDS = kinds();

  private CanonicalScan() {}

  /** Returns the URL if it is recognised. */
  static Optional<CanonicalUrl> find(byte[] url, int from, int to) {
    int start = afterScheme(url, from, to);
    int hostEnd = hostEnd(url, start, to);
    if (hostEnd < 0 || hostEnd == to) {
      return Optional.empty();
    }
    int port = CanonicalUrl.DEFAULT_PORT;
    int pathStart = hostEnd;
    if (url[hostEnd] == ':') {
      pathStart = digitsEnd(url, hostEnd + 1, Math.min(to, hostEnd + 6));
      port = port(url, hostEnd + 1, pathStart);
    }
    if (port < CanonicalUrl.DEFAULT_PORT || pathStart == to || url[pathStart] != '/') {
      return Optional.empty();
    }
    int pathEnd = pathEnd(url, pathStart, to);
    if (pathEnd < 0 || !isQuery(url, pathEnd, to)) {
      return Optional.empty();
    }
    byte[] text = Arrays.copyOfRange(url, start, to);
    CanonicalHost host = new CanonicalHost(Arrays.copyOfRange(url, start, hostEnd));
    return Optional.of(new CanonicalUrl(text, host, port, pathStart - start, pathEnd - start));
  }

  private static int afterScheme(byte[] url, int from, int to) {
    if (to - from < 8 || url[from] != 'h' || url[from + 1] != 't' || url[from + 2] != 't') {
      return from;
    }
    int colon = url[from + 4] == 's' ? from + 5 : from + 4;
    boolean scheme =
        url[from + 3] == 'p' && url[colon] == ':' && url[colon + 1] == '/' && url[colon + 2] == '/';
    return scheme ? colon + 3 : from;
  }

  /** Where the host ends, or -1 unless its labels are plain and its last can be no number. */
  private static int hostEnd(byte[] url, int from, int to) {
    int i = from;
    int label = from;
    while (i < to && (KINDS[url[i] & 0xFF] & HOST) != 0) {
      if (url[i] == '.') {
        if (i == label) {
          return -1;
        }
        label = i + 1;
      }
      i++;
    }
    return i == label || isDigit(url[label]) ? -1 : i;
  }

  private static int digitsEnd(byte[] url, int from, int to) {
    int i = from;
    while (i < to && isDigit(url[i])) {
      i++;
    }
    return i;
  }

  /** A port as the canonical form writes it, or less than any. */
  private static int port(byte[] url, int from, int to) {
    int port = 0;
    for (int i = from; i < to; i++) {
      port = port * 10 + url[i] - '0';
    }
    boolean odd = from == to || (url[from] == '0' && to - from > 1) || port > 65535;
    return odd || port == 80 || port == 443 ? Integer.MIN_VALUE : port;
  }

  /** Where the path ends, or -1 if it isn't canonical. */
  private static int pathEnd(byte[] url, int from, int to) {
    int slash = from;
    int i = from + 1;
    while (i < to && url[i] != '?') {
      if (!isPlain(url, i, to, PATH)) {
        return -1;
      }
      if (url[i] == '/') {
        if (i == slash + 1 || isDots(url, slash + 1, i)) {
          return -1;
        }
        slash = i;
      }
      i++;
    }
    return isDots(url, slash + 1, i) ? -1 : i;
  }

  private static boolean isDots(byte[] url, int from, int to) {
    int length = to - from;
    return (length == 1 || length == 2) && url[from] == '.' && url[to - 1] == '.';
  }

  private static boolean isQuery(byte[] url, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isPlain(url, i, to, QUERY)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(byte[] url, int at, int to, int part) {
    byte b = url[at];
    return (KINDS[b & 0xFF] & part) != 0 || (b == '%' && isKeptEscape(url, at, to, part));
  }

  /** Whether an escape is one that the canonical form writes. */
  private static boolean isKeptEscape(byte[] url, int at, int to, int part) {
    if (at + 2 >= to || !isUpperHex(url[at + 1]) || !isUpperHex(url[at + 2])) {
      return false;
    }
    int value = Escapes.hexValue(url[at + 1]) << 4 | Escapes.hexValue(url[at + 2]);
    if (value == '%') {
      return at + 4 >= to || Escapes.hexValue(url[at + 3]) < 0 || Escapes.hexValue(url[at + 4]) < 0;
    }
    String kept = part == PATH ? Escapes.IN_PATH : Escapes.IN_QUERY;
    return value <= 0x20 || value >= 0x7F || value == '#' || kept.indexOf(value) >= 0;
  }

  private static boolean isUpperHex(byte b) {
    return isDigit(b) || (b >= 'A' && b <= 'F');
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int b = 0x21; b < 0x7F; b++) {
      boolean host = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || "-_.".indexOf(b) >= 0;
      boolean query = b != '#' && b != '%';
      boolean path = query && b != '\\' && b != '?';
      kinds[b] = (byte) ((host ? HOST : 0) | (path ? PATH : 0) | (query ? QUERY : 0));
    }
    return kinds;
  }
}
