package org.tidegate.filter.list;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * One line as it stands in the file: good until the next one is read.
 *
 * @param number from 1
 * @param bytes in which it stands from {@code from} to {@code to}: not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // shared, and never compared
record RawLine(int number, byte[] bytes, int from, int to) {
  private static final Pattern HIDING = Pattern.compile("#[@?$%]{0,3}#");

  /**
   * The URL that such a text spells, of a host with a usual name. A tab is no part of a URL: what
   * is behind it is a second column, and would become the end of the path.
   */
  static Optional<CanonicalUrl> url(String text) {
    int tab = text.indexOf('\t');
    if (tab >= 0 && text.lastIndexOf('#', tab) < 0) {
      return Optional.empty();
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return CanonicalUrl.parse(bytes, 0, bytes.length)
        .filter(url -> HostName.isUsual(url.host(), RawUrl.afterScheme(text) > 0));
  }

  /**
   * The host with a usual name that such a text spells, alone: without scheme, userinfo, port and
   * path.
   */
  static Optional<CanonicalHost> host(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || "/\\?#@".indexOf(text.charAt(i)) >= 0) {
        return Optional.empty();
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return CanonicalHost.parse(new String(bytes, StandardCharsets.UTF_8))
        .filter(host -> HostName.isUsual(host, false));
  }

  /** One character for each byte (ISO 8859-1), so that bytes which are no UTF-8 survive. */
  String text() {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * The line before any {@code #}, trimmed. But {@code host##.ad}, of a browser's list, hides a
   * part of that host's pages: there is no comment in it, and no entry of any other format.
   */
  String withoutComment() {
    String text = text();
    int hash = text.indexOf('#');
    return (hash < 0 || hides(text, hash) ? text : text.substring(0, hash)).trim();
  }

  private static boolean hides(String text, int hash) {
    return hash > 0
        && text.charAt(hash - 1) > ' '
        && HIDING.matcher(text).region(hash, text.length()).lookingAt();
  }

  /** Whether it begins with that byte. */
  boolean beginsWith(char b) {
    return from < to && bytes[from] == b;
  }

  /** Whether that byte stands anywhere in it from there on. */
  boolean has(char b, int start) {
    return ByteSearch.has(bytes, start, to, b);
  }

  @Override
  public String toString() {
    return "RawLine[" + number + "]";
  }
}
