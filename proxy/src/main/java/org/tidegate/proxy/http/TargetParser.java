package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidegate.filter.url.CanonicalHost;

/** Reads the forms of a request target (RFC 9112 §3.2) into what is judged and what is sent. */
final class TargetParser {
  static final int HTTP_PORT = 80;
  static final int HTTPS_PORT = 443;
  private static final byte[] HTTP = "http://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTPS = "https://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ASTERISK = {'*'};
  private static final byte[] NO_PORT = {};

  private TargetParser() {}

  /** §3.2.3: {@code host:port}, both required. */
  static TargetUri.HostOnly authorityForm(byte[] target) throws BadMessage {
    Authority authority =
        Authority.parse(target, 0, target.length)
            .filter(a -> a.port() != Authority.NO_PORT)
            .orElseThrow(() -> new BadMessage(Refusal.BAD_TARGET));
    return new TargetUri.HostOnly(authority.host(), authority.port());
  }

  /** §3.2.2: {@code http://authority[/path][?query]}, and the same with https. */
  static TargetUri.Whole absoluteForm(byte[] target, boolean options) throws BadMessage {
    boolean tls = startsWith(target, HTTPS);
    if (!tls && !startsWith(target, HTTP)) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    int authorityStart = tls ? HTTPS.length : HTTP.length;
    int authorityEnd = authorityStart;
    int hostStart = authorityStart;
    for (; authorityEnd < target.length && !endsAuthority(target[authorityEnd]); authorityEnd++) {
      if (target[authorityEnd] == '\\') { // a second reading of where the host ends
        throw new BadMessage(Refusal.BAD_TARGET);
      }
      if (target[authorityEnd] == '@') {
        hostStart = authorityEnd + 1;
      }
    }
    int port = Authority.port(target, hostStart, authorityEnd);
    if (hostStart == authorityEnd || port == 0) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    boolean asterisk = options && authorityEnd == target.length; // §3.2.4
    byte[] url = asterisk ? target : withPath(target, authorityEnd, target, authorityEnd);
    int defaultPort = tls ? HTTPS_PORT : HTTP_PORT;
    return whole(tls, port == Authority.NO_PORT ? defaultPort : port, url, authorityEnd);
  }

  /** §3.2.1 and §3.2.4: {@code /path[?query]} or {@code *}, on a host known otherwise. */
  static TargetUri.Whole originForm(
      byte[] target, TargetUri.HostOnly server, boolean tls, boolean options) throws BadMessage {
    boolean asterisk = options && Arrays.equals(target, ASTERISK);
    if (!asterisk && target[0] != '/') {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    byte[] before = join(tls ? HTTPS : HTTP, server.host().bytes(), port(server.port()));
    byte[] url = asterisk ? before : withPath(before, before.length, target, 0);
    return whole(tls, server.port(), url, before.length);
  }

  /** Left out as the canonical form leaves it out, so that most URLs are canonical as they are. */
  private static byte[] port(int port) {
    return port == HTTP_PORT || port == HTTPS_PORT
        ? NO_PORT
        : (":" + port).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] scheme, byte[] host, byte[] port) {
    byte[] joined = Arrays.copyOf(scheme, scheme.length + host.length + port.length);
    System.arraycopy(host, 0, joined, scheme.length, host.length);
    System.arraycopy(port, 0, joined, scheme.length + host.length, port.length);
    return joined;
  }

  private static TargetUri.Whole whole(boolean tls, int port, byte[] url, int path)
      throws BadMessage {
    CanonicalHost host =
        CanonicalHost.ofUrl(url, 0, url.length)
            .orElseThrow(() -> new BadMessage(Refusal.BAD_TARGET));
    return new TargetUri.Whole(host, tls, port, url, path);
  }

  /** What stands before the path, then path and query up to a fragment, with a leading slash. */
  private static byte[] withPath(byte[] before, int count, byte[] target, int from) {
    int end = from;
    while (end < target.length && target[end] != '#') {
      end++;
    }
    int slash = from < end && target[from] == '/' ? 0 : 1;
    byte[] url = Arrays.copyOf(before, count + slash + end - from);
    url[count] = '/';
    System.arraycopy(target, from, url, count + slash, end - from);
    return url;
  }

  private static boolean endsAuthority(byte b) {
    return b == '/' || b == '?' || b == '#';
  }

  private static boolean startsWith(byte[] target, byte[] lowerCasePrefix) {
    if (target.length < lowerCasePrefix.length) {
      return false;
    }
    for (int i = 0; i < lowerCasePrefix.length; i++) {
      if (Syntax.toLower(target[i]) != lowerCasePrefix[i]) {
        return false;
      }
    }
    return true;
  }
}
