package org.tidegate.filter.list;

/**
 * What the publisher spelled: whether a raw entry has a path, a query, a last slash. Its scope
 * comes from here and not from the canonical form, in which {@code /a/..} ends with a slash too.
 */
final class RawUrl {
  private final String authority;
  private final String path;
  private final boolean query;

  /**
   * @param text trimmed
   */
  RawUrl(String text) {
    String url = text.replace("\t", "").replace("\r", "");
    int start = afterSlashes(url, afterScheme(url));
    int end = find(url, start, "/\\?#");
    int pathEnd = find(url, end, "?#");
    this.authority = url.substring(start, end);
    this.path = url.substring(end, pathEnd);
    this.query = pathEnd < url.length() && url.charAt(pathEnd) == '?';
  }

  boolean hasPath() {
    return !path.isEmpty();
  }

  boolean hasQuery() {
    return query;
  }

  boolean endsWithSlash() {
    return path.endsWith("/") || path.endsWith("\\");
  }

  boolean hasUserinfo() {
    return authority.indexOf('@') >= 0;
  }

  /** Also where the port is 80, 443 or empty. */
  boolean hasPort() {
    return authority.indexOf(':', authority.lastIndexOf(']') + 1) >= 0;
  }

  /** Where the text goes on behind a scheme; 0 where it has none. */
  static int afterScheme(String url) {
    for (String scheme : new String[] {"http:", "https:"}) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return 0;
  }

  private static int afterSlashes(String url, int from) {
    int at = from;
    while (at < url.length() && "/\\".indexOf(url.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int find(String text, int from, String any) {
    for (int i = from; i < text.length(); i++) {
      if (any.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  @Override
  public String toString() {
    return "RawUrl";
  }
}
