package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * A repository on a web server. Redirects are not followed; connecting, each wait for bytes and the
 * whole of a file have their time.
 */
public final class HttpRepository implements Repository {

  /** How long things may take: connecting, waiting for the next bytes, one whole file. */
  public record Times(Duration connect, Duration read, Duration whole) {
    public static final Times DEFAULT =
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(30));
  }

  private final URI base;
  private final Times times;

  /**
   * @param base {@code http} or {@code https}, without query and fragment
   */
  public HttpRepository(URI base, Times times) {
    String scheme = base.getScheme();
    boolean isHttp = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!isHttp || base.getHost() == null || base.getRawQuery() != null) {
      throw new IllegalArgumentException("repository (expected: an http or https URL)");
    }
    this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
    this.times = requireNonNull(times);
  }

  @Override
  public InputStream open(String path) throws IOException {
    long end = System.nanoTime() + times.whole().toNanos();
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout((int) times.connect().toMillis());
      connection.setReadTimeout((int) times.read().toMillis());
      connection.setRequestProperty("Accept-Encoding", "identity");
      connection.setRequestProperty("User-Agent", "tidegate");
      requireOk(connection.getResponseCode());
      return new TimedStream(connection.getInputStream(), end);
    } catch (IOException e) {
      throw trouble(e, Trouble.CONNECT);
    }
  }

  private static void requireOk(int status) throws RepositoryException {
    if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
      throw new RepositoryException(Trouble.NOT_FOUND);
    }
    if (status >= 300 && status < 400) {
      throw new RepositoryException(Trouble.REDIRECT);
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new RepositoryException(Trouble.STATUS);
    }
  }

  private static RepositoryException trouble(IOException e, Trouble otherwise) {
    if (e instanceof RepositoryException known) {
      return known;
    }
    if (e instanceof SocketTimeoutException) {
      return new RepositoryException(Trouble.TIMEOUT);
    }
    return new RepositoryException(e instanceof SSLException ? Trouble.TLS : otherwise);
  }

  /** The body, until its time is over. */
  private static final class TimedStream extends FilterInputStream {
    private final long end;

    TimedStream(InputStream in, long end) {
      super(in);
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (System.nanoTime() - end > 0) {
        throw new RepositoryException(Trouble.TIMEOUT);
      }
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw trouble(e, Trouble.BROKEN);
      }
    }
  }
}
