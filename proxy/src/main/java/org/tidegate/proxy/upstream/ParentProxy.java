package org.tidegate.proxy.upstream;

import org.tidegate.proxy.http.ProxyCredentials;

/** The proxy that everything is sent to. Names and addresses are then its business. */
public record ParentProxy(String host, int port, ProxyCredentials credentials) {

  /** One that asks for no credentials. */
  public ParentProxy(String host, int port) {
    this(host, port, ProxyCredentials.NONE);
  }

  /** The same, with these credentials. */
  public ParentProxy with(ProxyCredentials known) {
    return new ParentProxy(host, port, known);
  }
}
