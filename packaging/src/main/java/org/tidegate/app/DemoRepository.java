package org.tidegate.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The demo's web server on loopback for its signed repository: the files of a directory, as is. */
final class DemoRepository implements AutoCloseable {
  private final HttpServer server;
  private final Path directory;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "demo-repository");
            thread.setDaemon(true);
            return thread;
          });

  private DemoRepository(HttpServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  static DemoRepository start(Path directory) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    DemoRepository repository = new DemoRepository(HttpServer.create(loopback, 0), directory);
    repository.server.createContext("/", repository::serve);
    repository.server.setExecutor(repository.threads);
    repository.server.start();
    return repository;
  }

  URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      boolean found = file.startsWith(directory) && Files.isRegularFile(file);
      if (!found || !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(found ? 405 : 404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(exchange.getResponseBody());
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
