package org.tidegate.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that knows no protocol: does with each connection what a test says. */
final class ByteOrigin implements AutoCloseable {
  /** What becomes of a connection; it is closed afterwards. */
  interface Script {
    void serve(Socket socket, InputStream in, OutputStream out) throws Exception;
  }

  private final Acceptor acceptor;
  final AtomicInteger connections;

  ByteOrigin(Script script) throws IOException {
    acceptor =
        new Acceptor(
            new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()),
            socket -> {
              socket.setTcpNoDelay(true);
              script.serve(socket, socket.getInputStream(), socket.getOutputStream());
            });
    connections = acceptor.connections;
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

  int openConnections() {
    return acceptor.openConnections();
  }

  InetSocketAddress address() {
    return acceptor.address();
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }
}
