package org.tidegate.app;

/** A URL of real data as a client sends it: without fragment and userinfo, with a path. */
final class SentUrl {
  private SentUrl() {}

  /** Host, port and path, for plain HTTP. */
  static String of(String url) {
    String rest = url.substring(url.indexOf("://") + 3).split("#", 2)[0];
    int authority = rest.split("[/?]", 2)[0].length();
    String host = rest.substring(rest.lastIndexOf('@', authority) + 1, authority);
    String path = rest.substring(authority);
    return host + (path.startsWith("/") ? path : "/" + path);
  }
}
