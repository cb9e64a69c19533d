package org.tidegate.sync;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real nginx, with servers of a test's choice, on loopback. */
final class Nginx implements AutoCloseable {
  private final Path work;
  private final Process process;

  private Nginx(Path work, Process process) {
    this.work = work;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param work a directory that is not there yet
   * @param http what stands in {@code http { … }}
   */
  static Nginx start(Path work, String http) throws IOException {
    Files.createDirectory(work);
    Path configuration =
        Files.writeString(
            work.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid WORK/pid;
            error_log WORK/error.log;
            events { worker_connections 1024; }
            http {
              log_format seen '$msec $status $server_port $request_uri';
              access_log WORK/access.log seen;
              client_body_temp_path WORK/body;
              proxy_temp_path WORK/proxy;
              fastcgi_temp_path WORK/fastcgi;
              uwsgi_temp_path WORK/uwsgi;
              scgi_temp_path WORK/scgi;
            HTTP
            }
            """
                .replace("HTTP", http)
                .replace("WORK", work.toString()));
    Process process =
        new ProcessBuilder("nginx", "-c", configuration.toString()).inheritIO().start();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(work.resolve("pid")));
    return new Nginx(work, process);
  }

  /** What it was asked for: time, status, port, path. */
  List<String> seen() throws IOException {
    return Files.readAllLines(work.resolve("access.log"));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
