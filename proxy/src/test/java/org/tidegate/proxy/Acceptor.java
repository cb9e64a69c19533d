package org.tidegate.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/** Takes the connections that come to a listener, and serves each on a thread of its own. */
final class Acceptor implements AutoCloseable {
  /** What becomes of a connection; it is closed afterwards. */
  interface Service {
    void serve(Socket socket) throws Exception;
  }

  private final ServerSocket listener;
  private final Thread thread;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  final AtomicInteger connections = new AtomicInteger();

  Acceptor(ServerSocket listener, Service service) {
    this.listener = listener;
    thread = InBackground.begin(() -> accept(service));
  }

  private void accept(Service service) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        also(() -> serve(socket, service));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Service service) {
    try (socket) {
      service.serve(socket);
    } catch (Exception e) {
      // the connection is gone; what the test wants to know it sees on the other end
    } finally {
      open.remove(socket);
    }
  }

  /** Does something beside. */
  void also(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      // closed
    }
  }

  int openConnections() {
    return open.size();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Afterwards a connection to the address is refused, and none that came before it is open. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join(); // until it has left accept(), the kernel still takes connections
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      end(socket);
    }
    threads.shutdownNow();
  }

  private static void end(Socket socket) {
    try (socket) {
      if (socket instanceof SSLSocket) {
        socket.setSoLinger(true, 0); // else closing waits for who writes
      }
    } catch (IOException e) {
      // closed already
    }
  }
}
