package org.tidegate.publish.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A list that its licensor serves. No redirect is followed, since it would carry credentials away;
 * {@code http} is for loopback alone.
 */
public final class HttpsSource implements TextSource {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;
  private static final Duration WHOLE = Duration.ofMinutes(30);

  private final URI address;
  private final @Nullable Credentials credentials;
  private final @Nullable SSLSocketFactory trust;

  /**
   * @param credentials null for none
   * @param trust whom to trust in place of the platform's authorities; null for those
   */
  public HttpsSource(
      URI address, @Nullable Credentials credentials, @Nullable SSLSocketFactory trust) {
    String scheme = String.valueOf(address.getScheme());
    boolean isSafe =
        scheme.equalsIgnoreCase("https")
            || (scheme.equalsIgnoreCase("http") && isLoopback(address.getHost()));
    if (!isSafe || address.getHost() == null || address.getUserInfo() != null) {
      throw new IllegalArgumentException("address (expected: an https URL without user name)");
    }
    this.address = address;
    this.credentials = credentials;
    this.trust = trust;
  }

  private static boolean isLoopback(@Nullable String host) {
    try {
      return host != null
          && (host.equals("localhost") || host.matches("127\\.[0-9.]+|\\[::1\\]"))
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public InputStream open() throws IOException {
    long end = System.nanoTime() + WHOLE.toNanos();
    try {
      HttpURLConnection connection = connection();
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new SourceException("the licensor's server answers " + status + " (expected: 200)");
      }
      return new TimedStream(
          new Whole(connection.getInputStream(), connection.getContentLengthLong()), end);
    } catch (IOException e) {
      throw told(e);
    }
  }

  private HttpURLConnection connection() throws IOException {
    URLConnection opened = address.toURL().openConnection();
    if (opened instanceof HttpsURLConnection tls && trust != null) {
      tls.setSSLSocketFactory(trust);
    }
    HttpURLConnection connection = (HttpURLConnection) opened;
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "tidegate");
    if (credentials != null) {
      connection.setRequestProperty("Authorization", credentials.field());
    }
    return connection;
  }

  private static SourceException told(IOException e) {
    if (e instanceof SourceException known) {
      return known;
    }
    if (e instanceof SocketTimeoutException) {
      return new SourceException("the licensor's server is too slow");
    }
    return new SourceException(
        e instanceof SSLException
            ? "no agreement on TLS with the licensor's server, or it is not trusted"
            : "the licensor's server is out of reach");
  }

  @Override
  public String toString() {
    return "HttpsSource";
  }

  /** A body that must not end before its length. */
  private static final class Whole extends FilterInputStream {
    private long left;

    Whole(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      left -= Math.max(0, n);
      if (n < 0 && left > 0) {
        throw new SourceException("the licensor's server broke off");
      }
      return n;
    }
  }

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
        throw new SourceException("the licensor's server is too slow");
      }
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw told(e);
      }
    }
  }
}
