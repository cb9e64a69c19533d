package org.tidegate.app;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The demo's own web server on loopback. It answers any host with a page that names what was asked
 * for, byte for byte, and counts requests, so that the proof can tell what has reached it.
 */
final class DemoOrigin implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "demo-origin");
            thread.setDaemon(true);
            return thread;
          });

  private DemoOrigin(ServerSocket listener) {
    this.listener = listener;
  }

  static DemoOrigin start() throws IOException {
    DemoOrigin origin = new DemoOrigin(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
    origin.threads.execute(origin::acceptAll);
    return origin;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** How many requests have come so far. */
  long requests() {
    return requests.get();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        // Closed, or a client that had gone before it was accepted.
        continue;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      new DemoOriginConnection(connection, requests::incrementAndGet).serve();
    } catch (IOException e) {
      // The gateway closes connections that it does not need any more.
      return;
    } finally {
      connections.remove(connection);
    }
  }

  @Override
  public void close() {
    closeQuietly(listener);
    connections.forEach(DemoOrigin::closeQuietly);
    threads.shutdownNow();
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // What cannot be closed is closed already.
      return;
    }
  }
}
