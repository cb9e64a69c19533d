package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.tidegate.sync.HostileServer.Behaviour;
import org.tidegate.sync.HostileServer.Request;

/** What a server may do instead of serving a file, by the names of {@code hostile-server.tsv}. */
final class HostileBehaviour {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final byte[] BOMB = bomb();
  private static final byte[] PAGE = "<!DOCTYPE html><p>Log in</p>".getBytes(ISO_8859_1);
  private static final byte[] SPACED = "\n  <html>Log in</html>".getBytes(ISO_8859_1);

  private static final Map<String, Behaviour> ALL =
      Map.ofEntries(
          Map.entry("wrong type", r -> r.ok("Content-Type: image/png\r\n", r.file())),
          Map.entry("silent", r -> waitForTheEnd(r)),
          Map.entry("stalls", HostileBehaviour::stall),
          Map.entry("slow head", r -> drip(r, "HTTP/1.1 200 OK\r\nX: ")),
          Map.entry("slow body", r -> drip(r, "HTTP/1.1 200 OK\r\n\r\n")),
          Map.entry("crawls", r -> drip(r, "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")),
          Map.entry("endless body", r -> flood(r, "HTTP/1.1 200 OK\r\n\r\n", "{\"a\":1}")),
          Map.entry("endless chunks", r -> flood(r, CHUNKED, "4\r\nabcd\r\n")),
          Map.entry("long", r -> r.ok("", Arrays.copyOf(r.file(), r.file().length + 100_000))),
          Map.entry("short", r -> r.ok("", Arrays.copyOf(r.file(), r.file().length / 2))),
          Map.entry("empty", r -> r.ok("Content-Length: 0\r\n", new byte[0])),
          Map.entry("wrong bytes", r -> r.ok("", swapped(r.file()))),
          Map.entry("cut", HostileBehaviour::cut),
          Map.entry("reset", HostileBehaviour::reset),
          Map.entry("reset at once", r -> r.socket().setSoLinger(true, 0)),
          Map.entry("closed at once", r -> {}),
          Map.entry("bad chunk", r -> r.write(CHUNKED + "zz\r\nabcd\r\n")),
          Map.entry("not http", r -> r.write("SSH-2.0-OpenSSH_9.2\r\n")),
          Map.entry("redirect", r -> redirect(r, "https://elsewhere.example/")),
          Map.entry("redirect loop", r -> redirect(r, "/" + r.path())),
          Map.entry("304 without a copy", r -> status(r, "304 Not Modified")),
          Map.entry("206 without a range", r -> HostileServer.part(r, 1)),
          Map.entry("login page", r -> r.ok("Content-Type: text/html\r\n", PAGE)),
          Map.entry("login page of no type", r -> r.ok("", PAGE)),
          Map.entry("login page after a space", r -> r.ok("Content-Type: text/html\r\n", SPACED)),
          Map.entry("login demanded", r -> status(r, "511 Network Authentication Required")),
          Map.entry("bomb", r -> r.ok("Content-Encoding: gzip\r\n", BOMB)),
          Map.entry("bomb as a transfer", r -> r.ok("Transfer-Encoding: gzip\r\n", BOMB)),
          Map.entry("bomb of no name", r -> r.ok("", BOMB)),
          Map.entry("400", r -> status(r, "400 Bad Request")),
          Map.entry("401", r -> status(r, "401 Unauthorized")),
          Map.entry("403", r -> status(r, "403 Forbidden")),
          Map.entry("404", r -> status(r, "404 Not Found")),
          Map.entry("407", r -> status(r, "407 Proxy Authentication Required")),
          Map.entry("410", r -> status(r, "410 Gone")),
          Map.entry("416", r -> status(r, "416 Range Not Satisfiable")),
          Map.entry("429", r -> status(r, "429 Too Many Requests")),
          Map.entry("496", r -> status(r, "496 SSL Certificate Required")),
          Map.entry("503", r -> status(r, "503 Service Unavailable")));

  private HostileBehaviour() {}

  static Behaviour named(String name) {
    Behaviour behaviour = ALL.get(name);
    if (behaviour == null) {
      throw new IllegalArgumentException(name);
    }
    return behaviour;
  }

  /** Half of the rest, and the connection is closed. */
  static void cut(Request request) throws IOException {
    int from = HostileServer.from(request);
    byte[] file = request.file();
    request.write(
        (from > 0
                ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
                    + (from + "-" + (file.length - 1) + "/" + file.length)
                : "HTTP/1.1 200 OK")
            + ("\r\nETag: " + request.tag() + "\r\nContent-Length: " + (file.length - from))
            + "\r\n\r\n");
    request.write(Arrays.copyOfRange(file, from, from + (file.length - from) / 2));
  }

  private static void stall(Request request) throws IOException {
    cut(request);
    waitForTheEnd(request);
  }

  private static void reset(Request request) throws IOException {
    request.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{");
    request.socket().setSoLinger(true, 0);
  }

  private static void redirect(Request request, String to) throws IOException {
    status(request, "302 Found\r\nLocation: " + to);
  }

  private static void status(Request request, String status) throws IOException {
    request.write("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }

  /** A byte now and then, until the client has had enough. */
  private static void drip(Request request, String head) throws IOException {
    request.write(head);
    while (true) {
      request.write("{");
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void flood(Request request, String head, String part) throws IOException {
    request.write(head);
    byte[] much = part.repeat(Math.max(1, 10_000 / part.length())).getBytes(ISO_8859_1);
    while (true) {
      request.write(much);
    }
  }

  private static void waitForTheEnd(Request request) throws IOException {
    request.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static byte[] swapped(byte[] file) {
    byte[] bytes = file.clone();
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  /** 100 MB of spaces in a tenth of a megabyte. */
  private static byte[] bomb() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      byte[] spaces = " ".repeat(1_000_000).getBytes(ISO_8859_1);
      for (int i = 0; i < 100; i++) {
        out.write(spaces);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
