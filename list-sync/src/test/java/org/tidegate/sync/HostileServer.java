package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.Digest;

/**
 * A web server that serves a directory as it should, with versions and ranges, but for requests
 * that it is told to answer otherwise. Remembers what it was asked for.
 */
final class HostileServer implements AutoCloseable {

  /** An answer to one request, byte by byte. */
  interface Behaviour {
    void answer(Request request) throws IOException;
  }

  /**
   * A request and the file that it asks for.
   *
   * @param fields by their names in lower case
   * @param file as it should be; empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, and never compared
  record Request(Socket socket, String path, Map<String, String> fields, byte[] file) {
    void write(String text) throws IOException {
      write(text.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    void ok(String fields, byte[] body) throws IOException {
      write("HTTP/1.1 200 OK\r\nConnection: close\r\n" + fields + "\r\n");
      write(body);
    }

    String tag() {
      return '"' + Digest.sha256(file).substring(0, 16) + '"';
    }

    String text() {
      return path
          + (fields.containsKey("range") ? " " + fields.get("range") : "")
          + (fields.containsKey("if-range") ? " if-range" : "")
          + (fields.containsKey("if-none-match") ? " if-none-match" : "");
    }
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Path directory;
  private final ServerSocket socket;
  private volatile Predicate<Request> treated = request -> false;
  private volatile Behaviour treatment = HostileServer::serve;

  private HostileServer(Path directory, ServerSocket socket) {
    this.directory = directory;
    this.socket = socket;
  }

  static HostileServer start(Path directory) throws IOException {
    HostileServer server =
        new HostileServer(directory, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    server.daemon(server::accept);
    return server;
  }

  URI place() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  /** From now on answers such requests so. */
  void treat(Predicate<Request> requests, Behaviour behaviour) {
    treatment = behaviour;
    treated = requests;
  }

  /** From now on answers every request as it should. */
  void behave() {
    treated = request -> false;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        daemon(() -> converse(accepted));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void converse(Socket accepted) {
    try (accepted) {
      Request request = read(accepted);
      if (request != null) {
        requests.add(request.text());
        (treated.test(request) ? treatment : (Behaviour) HostileServer::serve).answer(request);
      }
    } catch (IOException e) {
      // The client has gone, as it should.
    }
  }

  private @Nullable Request read(Socket accepted) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(accepted.getInputStream(), ISO_8859_1));
    String line = in.readLine();
    if (line == null) {
      return null;
    }
    String path = line.split(" ", -1)[1].substring(1);
    Map<String, String> fields = new HashMap<>();
    for (String field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {
      int colon = field.indexOf(':');
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    Path file = directory.resolve(path);
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    return new Request(accepted, path, fields, bytes);
  }

  /** As a web server should: RFC 9110 §13 and §14. */
  static void serve(Request request) throws IOException {
    if (request.file().length == 0) {
      request.write("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    } else if (request.tag().equals(request.fields().get("if-none-match"))) {
      request.write("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
    } else if (request.fields().containsKey("range") && isSame(request)) {
      part(request, from(request));
    } else {
      whole(request);
    }
  }

  /** Where the part that is asked for begins. */
  static int from(Request request) {
    String range = request.fields().getOrDefault("range", "bytes=0-");
    return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  static void whole(Request request) throws IOException {
    request.ok(tagAndLength(request, request.file().length), request.file());
  }

  static void part(Request request, int from) throws IOException {
    byte[] file = request.file();
    if (from >= file.length) {
      request.write("HTTP/1.1 416 Range\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    request.write(
        ("HTTP/1.1 206 Partial Content\r\nConnection: close\r\nContent-Range: bytes " + from)
            + ("-" + (file.length - 1) + "/" + file.length + "\r\n")
            + (tagAndLength(request, file.length - from) + "\r\n"));
    request.write(Arrays.copyOfRange(file, from, file.length));
  }

  private static String tagAndLength(Request request, int length) {
    return "ETag: " + request.tag() + "\r\nContent-Length: " + length + "\r\n";
  }

  private static boolean isSame(Request request) {
    return request.tag().equals(request.fields().getOrDefault("if-range", request.tag()));
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, "hostile-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
