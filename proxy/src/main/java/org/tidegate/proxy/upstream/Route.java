package org.tidegate.proxy.upstream;

import org.tidegate.filter.url.CanonicalHost;

/**
 * What an upstream connection was made for; it is reused for nothing else.
 *
 * @param host where requests on it go to in the end
 * @param tls whether TLS is spoken to the origin by this proxy
 * @param toParent whether it ends at the parent proxy, which then takes requests in absolute form
 * @param http2 whether HTTP/2 is spoken on it, one request at a time
 * @param credentials those by which the parent opened it, empty if none
 * @param approach on whose behalf it is made
 */
public record Route(
    String host,
    int port,
    boolean tls,
    boolean toParent,
    boolean http2,
    String credentials,
    Approach approach) {

  static Route direct(CanonicalHost host, int port, boolean tls, Approach approach) {
    return new Route(host.text(), port, tls, false, false, "", approach);
  }

  static Route through(
      String credentials, CanonicalHost host, int port, boolean tls, Approach approach) {
    return new Route(host.text(), port, tls, false, false, credentials, approach.toParent());
  }

  static Route toParent(ParentProxy parent, Approach approach) {
    return new Route(parent.host(), parent.port(), false, true, false, "", approach.toParent());
  }

  /** The same in HTTP/2, where TLS leaves the choice. */
  Route inHttp2(boolean chosen) {
    return chosen == http2
        ? this
        : new Route(host, port, tls, toParent, chosen && tls, credentials, approach);
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Route";
  }
}
