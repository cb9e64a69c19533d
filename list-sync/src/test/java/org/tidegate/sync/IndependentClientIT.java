package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;

/** Our repository, read by tuf-js; needs node and npm, and a package registry. */
@Tag("peers")
class IndependentClientIT {
  private static final String TUF_JS = "tuf-js@3.1.0";

  @TempDir Path directory;

  @Test
  void readsTheListThroughRotatedKeys()
      throws IOException, PublishException, ListFormatException, InterruptedException {
    Instant now = Instant.now();
    SimulatedPublisher publisher =
        SimulatedPublisher.init(directory.resolve("pub"), now).publish(now, "listed.example");
    Path firstRoot = Files.write(directory.resolve("root.json"), publisher.trustedRoot());
    for (Role role : Role.values()) {
      publisher.rotate(role, now);
    }
    publisher.publish(now, "listed.example", "other.example");
    Path modules = Path.of("target", "tuf-js").toAbsolutePath();
    Files.createDirectories(modules);
    run("npm", "install", "--no-save", "--no-audit", "--prefix", modules.toString(), TUF_JS);
    Path script = Path.of("src", "test", "resources", "peers", "read-repository.js");
    HttpServer server = serve(publisher.directory().resolve("repository"));
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      String client = directory.resolve("client").toString();
      String file =
          run(
              "node",
              script.toString(),
              modules.toString(),
              firstRoot.toString(),
              base,
              client,
              LIST);
      CompiledList list = CompiledList.open(Files.readAllBytes(Path.of(file.strip())));
      assertThat(list.serial()).isEqualTo(2);
      assertThat(list.entries()).isEqualTo(2);
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer serve(Path root) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
          boolean found = Files.isRegularFile(file);
          exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
          try (OutputStream body = exchange.getResponseBody()) {
            if (found) {
              Files.copy(file, body);
            }
          }
        });
    server.start();
    return server;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", "");
    Path errors = Files.createTempFile(directory, "errors", "");
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor())
        .as("%s: %s", command[0], Files.readString(errors, UTF_8))
        .isZero();
    return Files.readString(output, UTF_8);
  }
}
