package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * An origin that answers as the path says: whole, or cut at some place by an end or a reset. What
 * begins like SSH it sends back.
 */
final class RoughOrigin implements AutoCloseable {
  static final String[] PATHS = {
    "/length",
    "/chunks",
    "/until-close",
    "/length-cut",
    "/length-reset",
    "/chunks-cut",
    "/chunks-reset",
    "/until-reset",
    "/head-cut",
    "/head-reset",
    "/nothing",
    "/early",
    "/garbage"
  };
  private static final byte[] BODY = new byte[600_000];

  static {
    new SplittableRandom(99).nextBytes(BODY);
  }

  private final ByteOrigin origin = new ByteOrigin(RoughOrigin::serve);

  RoughOrigin() throws IOException {}

  static byte[] body() {
    return BODY.clone();
  }

  InetSocketAddress address() {
    return origin.address();
  }

  void awaitNoConnection() {
    await().atMost(Duration.ofSeconds(30)).until(() -> origin.openConnections() == 0);
  }

  private static void serve(Socket socket, InputStream raw, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    SplittableRandom random = new SplittableRandom(socket.getPort());
    while (true) {
      String head = ScriptedOrigin.readHead(in);
      if (!head.endsWith("\r\n\r\n")) {
        return;
      }
      if (head.startsWith("SSH")) {
        in.transferTo(out);
        return;
      }
      String path = head.split(" ")[1];
      if (!path.equals("/early")) {
        for (String length : StrictOrigin.values(head, "content-length")) {
          in.readNBytes(Integer.parseInt(length));
        }
      }
      if (!answer(path, random, out)) {
        if (path.endsWith("-reset")) {
          socket.setSoLinger(true, 0);
        }
        return;
      }
    }
  }

  /** Returns whether the connection goes on. */
  private static boolean answer(String path, SplittableRandom random, OutputStream out)
      throws IOException {
    if (path.equals("/nothing")) {
      return false;
    }
    if (path.equals("/garbage")) {
      write(out, "\u0000\u0001 not HTTP\r\n\r\n");
      return false;
    }
    String head =
        path.startsWith("/chunks")
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            : path.startsWith("/until")
                ? "HTTP/1.1 200 OK\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length + "\r\n\r\n";
    if (path.startsWith("/head")) {
      write(out, head.substring(0, random.nextInt(1, head.length())));
      return false;
    }
    write(out, head);
    boolean whole = path.matches("/(length|chunks|until-close|early)");
    int length = whole ? BODY.length : random.nextInt(1, BODY.length);
    if (path.startsWith("/chunks")) {
      writeChunks(out, length, random);
      if (whole) {
        write(out, "0\r\n\r\n");
      }
    } else {
      out.write(BODY, 0, length);
    }
    return whole && !path.startsWith("/until") && !path.equals("/early");
  }

  private static void writeChunks(OutputStream out, int length, SplittableRandom random)
      throws IOException {
    for (int at = 0; at < length; ) {
      int size = Math.min(length - at, random.nextInt(1, 50_000));
      write(out, Integer.toHexString(size) + "\r\n");
      out.write(BODY, at, size);
      write(out, "\r\n");
      at += size;
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
