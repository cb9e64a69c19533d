package org.tidegate.filter.url;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where the parts of a URL's text lie: steps C1 to C4 and C11. What they hold isn't looked at yet.
 */
final class UrlParts {
  private static final int INVALID = -2;
  private static final int MAX_PORT = 65535;

  /** The text without what C1 takes away; all positions are in it. */
  final byte[] text;

  final int hostFrom;
  final int hostTo;

  /** {@link CanonicalUrl#DEFAULT_PORT}, or the port that stays. */
  final int port;

  final int pathFrom;

  /** Where the path ends: at the question mark, if there is a query. */
  final int pathTo;

  /** Where the query ends; the same as {@link #pathTo} if there is none. */
  final int queryTo;

  private UrlParts(byte[] text, int hostFrom, int hostTo, int port, int pathFrom) {
    this.text = text;
    this.hostFrom = hostFrom;
    this.hostTo = hostTo;
    this.port = port;
    this.pathFrom = pathFrom;
    // C11
    this.queryTo = find(text, pathFrom, text.length, '#');
    this.pathTo = find(text, pathFrom, queryTo, '?');
  }

  /** Returns the parts, or nothing where scheme or port make the URL invalid. */
  static Optional<UrlParts> split(byte[] url, int from, int to) {
    byte[] text = trim(url, from, to);
    int authority = authorityStart(text);
    if (authority == INVALID) {
      return Optional.empty();
    }
    int authorityEnd = authorityEnd(text, authority); // C3
    int hostFrom = afterUserinfo(text, authority, authorityEnd);
    int hostTo = hostEnd(text, hostFrom, authorityEnd);
    int port = port(text, Math.min(hostTo + 1, authorityEnd), authorityEnd);
    // C2: only text without a scheme begins with its authority.
    boolean oddScheme =
        authority == 0
            && hostTo + 1 == authorityEnd
            && skipSlashes(text, authorityEnd) > authorityEnd + 1;
    if (port == INVALID || oddScheme) {
      return Optional.empty();
    }
    return Optional.of(new UrlParts(text, hostFrom, hostTo, port, authorityEnd));
  }

  /** C1: no space or control at the ends, no tab, CR or LF anywhere. */
  static byte[] trim(byte[] url, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpaceOrControl(url[start])) {
      start++;
    }
    while (end > start && isSpaceOrControl(url[end - 1])) {
      end--;
    }
    byte[] out = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      if (url[i] != '\t' && url[i] != '\r' && url[i] != '\n') {
        out[length++] = url[i];
      }
    }
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /** C2: where the authority begins. */
  private static int authorityStart(byte[] text) {
    int colon = schemeEnd(text);
    if (colon < 0) {
      return skipSlashes(text, 0);
    }
    int end = authorityEnd(text, colon + 1);
    if (end > colon + 1 && portNumber(text, colon + 1, end) != INVALID) {
      return 0;
    }
    return isHttp(text, colon) ? skipSlashes(text, colon + 1) : INVALID;
  }

  /** Where the colon of what may be a scheme stands, or -1. */
  private static int schemeEnd(byte[] text) {
    int i = 0;
    while (i < text.length && isSchemeByte(text[i], i == 0)) {
      i++;
    }
    return i > 0 && i < text.length && text[i] == ':' ? i : -1;
  }

  private static boolean isSchemeByte(byte b, boolean first) {
    int lower = b | 0x20;
    boolean letter = lower >= 'a' && lower <= 'z';
    return letter || (!first && (isDigit(b) || b == '+' || b == '-' || b == '.'));
  }

  private static boolean isHttp(byte[] text, int length) {
    return (length == 4 || (length == 5 && (text[4] | 0x20) == 's'))
        && (text[0] | 0x20) == 'h'
        && (text[1] | 0x20) == 't'
        && (text[2] | 0x20) == 't'
        && (text[3] | 0x20) == 'p';
  }

  private static int skipSlashes(byte[] text, int from) {
    int i = from;
    while (i < text.length && (text[i] == '/' || text[i] == '\\')) {
      i++;
    }
    return i;
  }

  private static int afterUserinfo(byte[] text, int from, int to) {
    int i = to;
    while (i > from && text[i - 1] != '@') {
      i--;
    }
    return i;
  }

  /** C4: the first colon outside brackets ends the host. */
  private static int hostEnd(byte[] text, int from, int to) {
    boolean bracketed = false;
    for (int i = from; i < to; i++) {
      if (text[i] == ':' && !bracketed) {
        return i;
      }
      bracketed = text[i] == '[' || (bracketed && text[i] != ']');
    }
    return to;
  }

  /** C4: the port that stays, the default, or {@link #INVALID}. */
  private static int port(byte[] text, int from, int to) {
    int port = portNumber(text, from, to);
    return from == to || port == 80 || port == 443 ? CanonicalUrl.DEFAULT_PORT : port;
  }

  private static int portNumber(byte[] text, int from, int to) {
    int port = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text[i])) {
        return INVALID;
      }
      port = port * 10 + text[i] - '0';
      if (port > MAX_PORT) {
        return INVALID;
      }
    }
    return port;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isSpaceOrControl(byte b) {
    return b >= 0 && b <= 0x20;
  }

  private static int authorityEnd(byte[] text, int from) {
    int i = from;
    while (i < text.length && !endsAuthority(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean endsAuthority(byte b) {
    return b == '/' || b == '\\' || b == '?' || b == '#';
  }

  private static int find(byte[] text, int from, int to, char wanted) {
    int i = from;
    while (i < to && text[i] != wanted) {
      i++;
    }
    return i;
  }
}
