package org.tidegate.proxy.http;

import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/** What a request asks for (RFC 9110 §7.1): what is judged, and what is then sent. Immutable. */
public sealed interface TargetUri {
  CanonicalHost host();

  /** The port to connect to, from 1 to 65535. */
  int port();

  /**
   * A whole URL.
   *
   * @param tls whether the scheme is https
   * @param pathAndQuery the client's own bytes, without fragment, beginning with a slash, or {@code
   *     *}
   */
  @SuppressWarnings("ArrayRecordComponent") // targets are never compared
  record Whole(CanonicalUrl url, boolean tls, int port, byte[] pathAndQuery) implements TargetUri {
    @Override
    public CanonicalHost host() {
      return url.host();
    }

    @Override
    public String toString() {
      return "TargetUri.Whole";
    }
  }

  /** A host and port alone: a CONNECT, or a TLS server name. */
  record HostOnly(CanonicalHost host, int port) implements TargetUri {
    @Override
    public String toString() {
      return "TargetUri.HostOnly";
    }
  }
}
