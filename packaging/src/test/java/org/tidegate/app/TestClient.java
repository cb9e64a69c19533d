package org.tidegate.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy's client on one connection; a request that is lost is an exception. */
final class TestClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  TestClient(InetSocketAddress proxy) throws IOException {
    this(proxy, TIMEOUT_MILLIS);
  }

  /** One that waits so long for each byte, and no longer. */
  TestClient(InetSocketAddress proxy, int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
    socket.connect(proxy, TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The status of one request on a connection of its own. */
  static int status(InetSocketAddress proxy, String url) throws IOException {
    try (TestClient client = new TestClient(proxy)) {
      return client.get(url);
    }
  }

  /** Asks for a URL, reads the whole answer, and tells its status. */
  int get(String url) throws IOException {
    String host = url.substring("http://".length()).split("[/?]", 2)[0];
    String request = "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String status = line();
    int length = 0;
    for (String field = line(); !field.isEmpty(); field = line()) {
      if (field.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
        length = Integer.parseInt(field.substring(16));
      }
    }
    if (in.readNBytes(length).length < length) {
      throw new IOException("an answer cut short");
    }
    return Integer.parseInt(status.split(" ")[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("a connection closed without an answer");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
