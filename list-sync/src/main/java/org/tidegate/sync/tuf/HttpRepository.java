package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * A repository on a web server. Redirects are not followed, so that nothing leads from HTTPS to
 * plain HTTP or to another server; connecting, a head, each wait for bytes and the whole of a file
 * have their time, and a file its least pace. What did not change since it was last read is not
 * sent again. One thread reads; any may abort.
 */
public final class HttpRepository implements Repository {
  /** Ends heads that come too slowly, byte by byte, and what is aborted. */
  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "repository-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  private final URI base;
  private final HttpAccess access;
  private final ProxyLogin proxyLogin = new ProxyLogin();
  private final Copies copies = new Copies();
  private final Map<String, String> tags = new HashMap<>();
  private long begin;
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
    Optional<Copies.Copy> copy = copies.find(path);
    HttpURLConnection connection = connection(path);
    copy.flatMap(Copies.Copy::tag)
        .ifPresent(tag -> connection.setRequestProperty("If-None-Match", tag));
    copy.flatMap(Copies.Copy::modified)
        .ifPresent(time -> connection.setRequestProperty("If-Modified-Since", time));
    return exchange(
        connection,
        answer -> {
          if (answer.isUnchanged()) {
            byte[] same =
                copy.orElseThrow(() -> new RepositoryException(Trouble.NOT_MODIFIED)).bytes();
            return new ByteArrayInputStream(same);
          }
          answer.from(0);
          noteTag(path, answer);
          return kept(path, answer, paced(answer, body(path, answer)));
        });
  }

  @Override
  public Part open(String path, long from) throws IOException {
    HttpURLConnection connection = connection(path);
    connection.setRequestProperty("Range", "bytes=" + from + "-");
    String tag = tags.get(path);
    if (tag != null) {
      connection.setRequestProperty("If-Range", tag);
    }
    return exchange(
        connection,
        answer -> {
          if (answer.isUnchanged()) {
            throw new RepositoryException(Trouble.NOT_MODIFIED);
          }
          long begins = answer.from(from);
          noteTag(path, answer);
          InputStream body = begins == 0 ? body(path, answer) : answer.body();
          return new Part(paced(answer, body), begins);
        });
  }

  /** Only a strong tag says that two parts are of the same file (RFC 9110 §13.1.5). */
  private void noteTag(String path, HttpAnswer answer) {
    tags.clear();
    answer.field("ETag").filter(tag -> tag.startsWith("\"")).ifPresent(tag -> tags.put(path, tag));
  }

  /** Of a list repository's own files none is a web page. */
  private static InputStream body(String path, HttpAnswer answer) throws IOException {
    boolean isMetadata = path.endsWith(".json") && path.indexOf('/') < 0;
    return isMetadata || path.startsWith("targets/") ? answer.noPage() : answer.body();
  }

  private InputStream paced(HttpAnswer answer, InputStream body) {
    return new PacedStream(body, answer.length(), begin, access.times().whole());
  }

  /** Small files that have a version come whole at once, and are kept. */
  private InputStream kept(String path, HttpAnswer answer, InputStream body) throws IOException {
    Optional<String> tag = answer.field("ETag");
    Optional<String> modified = answer.field("Last-Modified");
    boolean isSmall = answer.length() >= 0 && answer.length() <= Copies.LARGEST;
    if (!isSmall || (tag.isEmpty() && modified.isEmpty()) || answer.isOfThisMoment()) {
      return body;
    }
    try (body) {
      byte[] bytes = body.readAllBytes();
      copies.put(path, new Copies.Copy(bytes, tag, modified));
      return new ByteArrayInputStream(bytes);
    }
  }

  private interface Reading<T> {
    T of(HttpAnswer answer) throws IOException;
  }

  private <T> T exchange(HttpURLConnection connection, Reading<T> reading) throws IOException {
    begin = System.nanoTime();
    current = connection;
    AtomicBoolean late = new AtomicBoolean();
    Future<?> deadline = headDeadline(connection, late);
    try {
      if (aborted) {
        throw new RepositoryException(Trouble.STOPPED);
      }
      connect(connection);
      HttpAnswer answer = HttpAnswer.read(connection);
      deadline.cancel(false);
      return reading.of(answer);
    } catch (IOException e) {
      connection.disconnect();
      // Whoever ended it closed the socket under the reader.
      throw aborted
          ? new RepositoryException(Trouble.STOPPED)
          : late.get() ? new RepositoryException(Trouble.SLOW) : HttpTrouble.of(e, Trouble.BROKEN);
    } finally {
      deadline.cancel(false);
    }
  }

  private static void connect(HttpURLConnection connection) throws IOException {
    try {
      connection.connect();
    } catch (SocketTimeoutException e) {
      throw new RepositoryException(Trouble.CONNECT);
    }
  }

  @Override
  public void forget() {
    copies.clear();
    tags.clear();
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
    connection.setAuthenticator(proxyLogin);
    tellWhoWeAre(connection);
    return connection;
  }

  private void tellWhoWeAre(HttpURLConnection connection) throws RepositoryException {
    try {
      Optional<String> field = access.authorization().find();
      field.ifPresent(value -> connection.setRequestProperty("Authorization", value));
      proxyLogin.begin(access.proxyLogin().find());
    } catch (IOException e) {
      throw new RepositoryException(Trouble.CREDENTIALS_FILE);
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
}
