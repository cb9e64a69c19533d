package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a web server. Redirects are not followed, so that nothing leads from HTTPS to
 * plain HTTP or to another server; connecting, a head, each wait for bytes and the whole of a file
 * have their time, and a file its least pace.
 */
public final class HttpRepository implements Repository {
  /** Ends heads that come too slowly, byte by byte; it never does anything else. */
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "repository-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  private final URI base;
  private final HttpAccess access;
  private volatile boolean aborted;
  private volatile @Nullable HttpURLConnection current;

  /**
   * @param base {@code http} or {@code https}, without query and fragment
   */
  public HttpRepository(URI base, HttpAccess access) {
    String scheme = base.getScheme();
    boolean isHttp = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!isHttp || base.getHost() == null || base.getRawQuery() != null) {
      throw new IllegalArgumentException("repository (expected: an http or https URL)");
    }
    this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
    this.access = requireNonNull(access);
  }

  @Override
  public InputStream open(String path) throws IOException {
    long begin = System.nanoTime();
    try {
      HttpURLConnection connection = connection(path);
      current = connection;
      if (aborted) {
        throw new RepositoryException(Trouble.BROKEN);
      }
      AtomicBoolean late = new AtomicBoolean();
      Future<?> deadline = headDeadline(connection, late);
      try {
        requireOk(connection.getResponseCode());
        InputStream body = connection.getInputStream();
        return new PacedStream(body, begin, access.times().whole());
      } catch (IOException e) {
        // A deadline closes the socket under the reader.
        throw late.get() ? new RepositoryException(Trouble.SLOW) : e;
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      throw trouble(e, Trouble.CONNECT);
    }
  }

  @Override
  public void abort() {
    aborted = true;
    HttpURLConnection connection = current;
    if (connection != null) {
      DEADLINES.execute(connection::disconnect);
    }
  }

  private HttpURLConnection connection(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection(access.proxy());
    if (connection instanceof HttpsURLConnection secure) {
      access.tls().ifPresent(secure::setSSLSocketFactory);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) access.times().connect().toMillis());
    connection.setReadTimeout((int) access.times().read().toMillis());
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "tidegate");
    authorization().ifPresent(field -> connection.setRequestProperty("Authorization", field));
    return connection;
  }

  private Optional<String> authorization() throws RepositoryException {
    try {
      return access.authorization().find();
    } catch (IOException e) {
      throw new RepositoryException(Trouble.CREDENTIALS);
    }
  }

  private Future<?> headDeadline(HttpURLConnection connection, AtomicBoolean late) {
    long millis = access.times().connect().plus(access.times().read()).toMillis();
    Runnable end =
        () -> {
          late.set(true);
          connection.disconnect();
        };
    return DEADLINES.schedule(end, millis, TimeUnit.MILLISECONDS);
  }

  private static void requireOk(int status) throws RepositoryException {
    if (status == HttpURLConnection.HTTP_OK) {
      return;
    }
    if (status >= 300 && status < 400 && status != HttpURLConnection.HTTP_NOT_MODIFIED) {
      throw new RepositoryException(Trouble.REDIRECT);
    }
    throw new RepositoryException(
        switch (status) {
          case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> Trouble.NOT_FOUND;
          case HttpURLConnection.HTTP_UNAUTHORIZED,
              HttpURLConnection.HTTP_FORBIDDEN,
              HttpURLConnection.HTTP_PROXY_AUTH ->
              Trouble.CREDENTIALS;
          default -> Trouble.STATUS;
        });
  }

  static RepositoryException trouble(IOException e, Trouble otherwise) {
    if (e instanceof RepositoryException known) {
      return known;
    }
    if (e instanceof SocketTimeoutException) {
      return new RepositoryException(Trouble.TIMEOUT);
    }
    return new RepositoryException(e instanceof SSLException ? Trouble.TLS : otherwise);
  }
}
