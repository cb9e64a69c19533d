package org.tidegate.proxy.http;

import java.util.Arrays;
import org.tidegate.filter.url.CanonicalHost;

/** What a request asks for (RFC 9110 §7.1): what is judged, and what is then sent. Immutable. */
public sealed interface TargetUri {
  CanonicalHost host();

  /** The port to connect to, from 1 to 65535. */
  int port();

  /**
   * A whole URL. All of its bytes are judged, and the same bytes are sent from the path on.
   *
   * @param host the URL's, in canonical form
   * @param tls whether the scheme is https
   * @param url as the client spelled it, without fragment: not to be changed
   * @param path where its path begins, with a slash, or its end where the origin is asked for
   *     {@code *}, which is about no path
   */
  @SuppressWarnings("ArrayRecordComponent") // targets are never compared
  record Whole(CanonicalHost host, boolean tls, int port, byte[] url, int path)
      implements TargetUri {
    private static final byte[] ASTERISK = {'*'};

    /** Whether it is the server as a whole (RFC 9112 §3.2.4). */
    public boolean isAsterisk() {
      return path == url.length;
    }

    /** What goes to the origin, beginning with a slash, or {@code *}. */
    public byte[] pathAndQuery() {
      return isAsterisk() ? ASTERISK.clone() : Arrays.copyOfRange(url, path, url.length);
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
