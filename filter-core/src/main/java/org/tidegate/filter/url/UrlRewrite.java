package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** All steps, one after another, for any URL. */
final class UrlRewrite {
  private UrlRewrite() {}

  /** Returns the canonical form, or nothing where there is none. */
  static Optional<CanonicalUrl> parse(byte[] url, int from, int to) {
    return UrlParts.split(url, from, to)
        .flatMap(
            parts ->
                HostRules.parse(parts.text, parts.hostFrom, parts.hostTo)
                    .map(host -> assemble(parts, host)));
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
    Bytes out = new Bytes(parts.pathTo - parts.pathFrom);
    for (int i = parts.pathFrom; i < parts.pathTo; i++) {
      out.add(parts.text[i] == '\\' ? (byte) '/' : parts.text[i]);
    }
    if (out.length() == 0) {
      out.add((byte) '/');
    }
    return out.toArray();
  }

  /** C16, with the question mark. */
  private static Bytes query(UrlParts parts) {
    return Escapes.undo(parts.text, parts.pathTo, parts.queryTo, Escapes.IN_QUERY);
  }
}
