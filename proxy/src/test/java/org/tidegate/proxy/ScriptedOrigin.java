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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that records the heads it gets and does with each what a test says. */
final class ScriptedOrigin implements AutoCloseable {
  /** What to do with a connection whose next request head was read. */
  interface Script {
    /** Answers; returns whether the connection goes on. */
    boolean answer(String head, InputStream in, OutputStream out) throws Exception;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  final List<String> heads = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  ScriptedOrigin(Script script) throws IOException {
    listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try {
              Socket socket = listener.accept();
              connections.incrementAndGet();
              open.add(socket);
              if (listener.isClosed()) {
                socket.close(); // it came while the origin was being closed
              } else {
                threads.execute(() -> serve(socket, script));
              }
            } catch (IOException e) {
              return;
            }
          }
        });
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

  private void serve(Socket socket, Script script) {
    try (socket) {
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
    } catch (Exception e) {
      // the connection is gone; what the test wants to know it sees on the other end
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
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
