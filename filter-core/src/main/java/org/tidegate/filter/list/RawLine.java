package org.tidegate.filter.list;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * One line as it stands in the file.
 *
 * @param number from 1
 * @param text one character for each byte (ISO 8859-1), so that bytes which are no UTF-8 survive
 */
record RawLine(int number, String text) {

  /** The URL that such a text spells. */
  static Optional<CanonicalUrl> url(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return CanonicalUrl.parse(bytes, 0, bytes.length);
  }

  /** The host that such a text spells, alone: without scheme, userinfo, port and path. */
  static Optional<CanonicalHost> host(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || "/\\?#@".indexOf(text.charAt(i)) >= 0) {
        return Optional.empty();
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return CanonicalHost.parse(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The line before any {@code #}, trimmed. */
  String withoutComment() {
    int hash = text.indexOf('#');
    return (hash < 0 ? text : text.substring(0, hash)).trim();
  }

  @Override
  public String toString() {
    return "RawLine[" + number + "]";
  }
}
