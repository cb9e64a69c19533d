package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tidegate.filter.url.CanonicalUrl;

/** Reads the forms of a request target (RFC 9112 §3.2) into what is judged and what is sent. */
final class TargetParser {
  static final int HTTP_PORT = 80;
  static final int HTTPS_PORT = 443;
  private static final byte[] HTTP = "http://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTPS = "https://".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ASTERISK = {'*'};

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
    CanonicalUrl url =
        CanonicalUrl.parse(target, 0, target.length)
            .filter(u -> port != 0)
            .orElseThrow(() -> new BadMessage(Refusal.BAD_TARGET));
    if (hostStart == authorityEnd) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    byte[] sent = pathAndQuery(target, authorityEnd);
    if (options && authorityEnd == target.length) { // §3.2.4
      sent = ASTERISK;
    }
    int defaultPort = tls ? HTTPS_PORT : HTTP_PORT;
    return new TargetUri.Whole(url, tls, port == Authority.NO_PORT ? defaultPort : port, sent);
  }

  /** §3.2.1 and §3.2.4: {@code /path[?query]} or {@code *}, on a host known otherwise. */
  static TargetUri.Whole originForm(
      byte[] target, TargetUri.HostOnly server, boolean tls, boolean options) throws BadMessage {
    boolean asterisk = options && Arrays.equals(target, ASTERISK);
    if (!asterisk && target[0] != '/') {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    byte[] sent = asterisk ? ASTERISK : pathAndQuery(target, 0);
    String authority = server.host().text() + ":" + server.port();
    byte[] prefix =
        ((tls ? "https://" : "http://") + authority).getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(prefix, prefix.length + (asterisk ? 0 : sent.length));
    System.arraycopy(sent, 0, whole, prefix.length, whole.length - prefix.length);
    CanonicalUrl url =
        CanonicalUrl.parse(whole, 0, whole.length)
            .orElseThrow(() -> new BadMessage(Refusal.BAD_TARGET));
    return new TargetUri.Whole(url, tls, server.port(), sent);
  }

  /** What goes to the origin: the client's bytes up to the fragment, with a leading slash. */
  private static byte[] pathAndQuery(byte[] target, int from) {
    int end = from;
    while (end < target.length && target[end] != '#') {
      end++;
    }
    if (from < end && target[from] == '/') {
      return Arrays.copyOfRange(target, from, end);
    }
    byte[] sent = new byte[end - from + 1];
    sent[0] = '/';
    System.arraycopy(target, from, sent, 1, end - from);
    return sent;
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
