package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One row of the demo's proof: a request, and what has to come of it.
 *
 * @param name what the row shows; never a URL of a visitor's list
 */
record DemoRow(String name, Expected expected, byte[] request) {

  /** What has to come of a request. */
  enum Expected {
    SPLASH("splash page"),
    PASSED("passed on"),
    REFUSED("refused");

    private final String text;

    Expected(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A GET of a URL on plain HTTP, {@code authority/path}, spelled exactly so. */
  static DemoRow get(String name, Expected expected, String url) {
    String authority = url.substring(0, url.indexOf('/'));
    return new DemoRow(name, expected, request("GET http://" + url, authority));
  }

  /** A CONNECT to a host's HTTPS port. */
  static DemoRow connect(String name, Expected expected, String host) {
    return new DemoRow(name, expected, request("CONNECT " + host + ":443", host + ":443"));
  }

  private static byte[] request(String start, String host) {
    String head = start + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\n\r\n";
    return head.getBytes(ISO_8859_1);
  }

  boolean isConnect() {
    return request[0] == 'C';
  }

  /** What the origin has to be asked for, when the gateway passes the request on unchanged. */
  String startLineOnward() {
    String startLine = new String(request, ISO_8859_1).lines().findFirst().orElseThrow();
    int path = startLine.indexOf('/', "GET http://".length());
    return "GET " + startLine.substring(path);
  }

  @Override
  public String toString() {
    return "DemoRow[" + name + "]";
  }
}
