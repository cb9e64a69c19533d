package org.tidegate.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that records the heads it gets and does with each what a test says. */
final class ScriptedOrigin implements AutoCloseable {
  /** What to do with a connection whose next request head was read. */
  interface Script {
    /** Answers; returns whether the connection goes on. */
    boolean answer(String head, InputStream in, OutputStream out) throws Exception;
  }

  private final Acceptor acceptor;
  final List<String> heads = new CopyOnWriteArrayList<>();
  final AtomicInteger connections;

  ScriptedOrigin(Script script) throws IOException {
    acceptor =
        new Acceptor(
            new ServerSocket(0, 512, InetAddress.getLoopbackAddress()),
            socket -> serve(socket, script));
    connections = acceptor.connections;
  }

  /** One that answers every request with this text, and keeps the connection. */
  static ScriptedOrigin answering(String response) throws IOException {
    return new ScriptedOrigin(
        (head, in, out) -> {
          out.write(response.getBytes(StandardCharsets.ISO_8859_1));
          return true;
        });
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void serve(Socket socket, Script script) throws Exception {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    while (true) {
      String head = readHead(in);
      if (head.isEmpty()) {
        return;
      }
      heads.add(head);
      boolean goesOn = script.answer(head, in, socket.getOutputStream());
      socket.getOutputStream().flush();
      if (!goesOn) {
        return;
      }
    }
  }

  static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    for (int b; matched < 4 && (b = in.read()) >= 0; ) {
      head.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  InetSocketAddress address() {
    return acceptor.address();
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }
}
