package org.tidegate.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that knows no protocol: does with each connection what a test says. */
final class ByteOrigin implements AutoCloseable {
  /** What becomes of a connection; it is closed afterwards. */
  interface Script {
    void serve(Socket socket, InputStream in, OutputStream out) throws Exception;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  final AtomicInteger connections = new AtomicInteger();

  ByteOrigin(Script script) throws IOException {
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    threads.execute(() -> accept(script));
  }

  /** Sends back what it gets, and keeps it. */
  static ByteOrigin echo(ByteArrayOutputStream kept) throws IOException {
    return new ByteOrigin(
        (socket, in, out) -> {
          byte[] buffer = new byte[8192];
          for (int n; (n = in.read(buffer)) >= 0; ) {
            synchronized (kept) {
              kept.write(buffer, 0, n);
            }
            out.write(buffer, 0, n);
          }
        });
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket, script));
      } catch (IOException | RejectedExecutionException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      script.serve(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (Exception e) {
      // the connection is gone; what the test wants to know it sees on the other end
    } finally {
      open.remove(socket);
    }
  }

  int openConnections() {
    return open.size();
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
