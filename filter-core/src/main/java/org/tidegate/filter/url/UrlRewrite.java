package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** All steps, one after another, for any URL. */
final class UrlRewrite {
  private static final byte[] ROOT = {'/'};

  private UrlRewrite() {}

  /** Returns the canonical form, or nothing where there is none. */
  static Optional<CanonicalUrl> parse(byte[] url, int from, int to) {
    return UrlParts.split(url, from, to)
        .flatMap(parts -> host(parts).map(host -> assemble(parts, host)));
  }

  /** Returns the host of the canonical form, or nothing where there is none. */
  static Optional<CanonicalHost> host(byte[] url, int from, int to) {
    return UrlParts.split(url, from, to).flatMap(UrlRewrite::host);
  }

  private static Optional<CanonicalHost> host(UrlParts parts) {
    return HostRules.parse(parts.text, parts.hostFrom, parts.hostTo);
  }

  private static CanonicalUrl assemble(UrlParts parts, CanonicalHost host) {
    Bytes out = new Bytes(parts.text.length);
    out.addAll(host.bytes());
    int hostEnd = out.length();
    if (parts.port != CanonicalUrl.DEFAULT_PORT) {
      out.addAll((":" + parts.port).getBytes(StandardCharsets.US_ASCII));
    }
    int pathStart = out.length();
    Escapes.putBack(path(parts), out); // C15
    int pathEnd = out.length();
    if (parts.queryTo > parts.pathTo) {
      Escapes.putBack(query(parts), out);
    }
    return new CanonicalUrl(out.toArray(), hostEnd, parts.port, pathStart, pathEnd);
  }

  private static Bytes path(UrlParts parts) {
    byte[] slashed = slashed(parts);
    Bytes path = Escapes.undo(slashed, 0, slashed.length, Escapes.IN_PATH); // C12
    PathSegments.resolveDots(path); // C13
    PathSegments.mergeSlashes(path); // C14
    return path;
  }

  /** C11: a path is never empty. C12: a raw backslash is a slash. */
  private static byte[] slashed(UrlParts parts) {
    if (parts.pathFrom == parts.pathTo) {
      return ROOT;
    }
    byte[] path = Arrays.copyOfRange(parts.text, parts.pathFrom, parts.pathTo);
    for (int i = 0; i < path.length; i++) {
      path[i] = path[i] == '\\' ? (byte) '/' : path[i];
    }
    return path;
  }

  /** C16, with the question mark. */
  private static Bytes query(UrlParts parts) {
    return Escapes.undo(parts.text, parts.pathTo, parts.queryTo, Escapes.IN_QUERY);
  }
}
