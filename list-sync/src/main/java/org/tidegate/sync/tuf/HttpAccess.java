package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How a web server is reached, and what it has to do in which time.
 *
 * @param proxy between here and there; {@link Proxy#NO_PROXY} for none
 * @param tls authorities that are trusted and a certificate to show; empty for the platform's
 * @param proxyLogin what the proxy is told where it asks. Inside a tunnel (https) the platform
 *     answers Basic only where {@code jdk.http.auth.tunneling.disabledSchemes} lets it
 */
public record HttpAccess(
    Times times,
    Proxy proxy,
    Optional<SSLSocketFactory> tls,
    Authorization authorization,
    Login proxyLogin) {

  /** The {@code Authorization} field, asked for anew with every request. */
  public interface Authorization {
    Optional<String> find() throws IOException;
  }

  /** User and password, asked for anew with every request. */
  public interface Login {
    Optional<PasswordAuthentication> find() throws IOException;
  }

  /**
   * How long things may take.
   *
   * @param connect until there is a connection
   * @param read until the next bytes, and until a whole head
   * @param whole for one file
   */
  public record Times(Duration connect, Duration read, Duration whole) {
    public static final Times DEFAULT =
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(30));
  }

  /** Directly, with the platform's authorities and without credentials. */
  public static final HttpAccess DEFAULT = plain(Times.DEFAULT);

  public HttpAccess {
    requireNonNull(times);
    requireNonNull(proxy);
    requireNonNull(authorization);
    requireNonNull(proxyLogin);
  }

  /** Without credentials for the proxy. */
  public HttpAccess(
      Times times, Proxy proxy, Optional<SSLSocketFactory> tls, Authorization authorization) {
    this(times, proxy, tls, authorization, Optional::empty);
  }

  /** The same in these times. */
  public static HttpAccess plain(Times times) {
    return new HttpAccess(times, Proxy.NO_PROXY, Optional.empty(), Optional::empty);
  }
}
