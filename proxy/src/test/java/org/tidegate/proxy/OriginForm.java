package org.tidegate.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests as a client writes them that knows of no proxy: in origin form (RFC 9112 §3.2.1). */
final class OriginForm {
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?is)([^ \r\n]{0,64} )https?://(?:[^/?# ]*@)?([^/?# ]*)([^ \r\n]*)( HTTP/1\\.[01]\r\n)");

  private OriginForm() {}

  /** The same requests, each on the host that its Host field names. */
  static String of(String requests) {
    return ABSOLUTE
        .matcher(requests)
        .replaceAll(
            m -> Matcher.quoteReplacement(m.group(1) + path(m.group(1), m.group(3)) + m.group(4)));
  }

  private static String path(String before, String rest) {
    if (rest.isEmpty()) {
      return before.startsWith("OPTIONS ") ? "*" : "/";
    }
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The authority that the first of the requests asks for, as its Host field says. */
  static String authority(String requests) {
    return StrictOrigin.values(requests, "host").get(0);
  }
}
