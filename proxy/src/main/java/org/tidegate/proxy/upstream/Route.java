package org.tidegate.proxy.upstream;

import org.tidegate.filter.url.CanonicalHost;

/**
 * What an upstream connection was made for; it is reused for nothing else.
 *
 * @param host where requests on it go to in the end
 * @param tls whether TLS is spoken to the origin by this proxy
 * @param toParent whether it ends at the parent proxy, which then takes requests in absolute form
 * @param credentials those by which the parent opened it, empty if none
 * @param approach on whose behalf it is made
 */
public record Route(
    String host, int port, boolean tls, boolean toParent, String credentials, Approach approach) {

  static Route direct(CanonicalHost host, int port, boolean tls, Approach approach) {
    return new Route(host.text(), port, tls, false, "", approach);
  }

  static Route through(
      String credentials, CanonicalHost host, int port, boolean tls, Approach approach) {
    return new Route(host.text(), port, tls, false, credentials, approach.toParent());
  }

  static Route toParent(ParentProxy parent, Approach approach) {
    return new Route(parent.host(), parent.port(), false, true, "", approach.toParent());
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Route";
  }
}
