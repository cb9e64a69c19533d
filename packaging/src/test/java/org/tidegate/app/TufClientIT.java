package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite's client protocol, against a repository of ours. */
class TufClientIT {
  private static final String MANIFEST = "lists/iwf/manifest.json";

  private final List<String> requests = new ArrayList<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  private HttpServer server = create();

  @BeforeEach
  void publishAndServe() throws IOException {
    Path list = Files.writeString(directory.resolve("list.txt"), "listed.example\n");
    String pub = directory.resolve("pub").toString();
    assertThat(run("list", "init", "--dir", pub)).isZero();
    assertThat(
            run(
                "list",
                "publish",
                "--dir",
                pub,
                "--name",
                "iwf",
                "--format",
                "native",
                "--list",
                list.toString()))
        .isZero();
    err.reset();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void refreshesAndDownloadsOnce() throws IOException {
    assertThat(client("init " + directory.resolve("pub/root.json"))).isZero();
    assertThat(requests).isEmpty();
    assertThat(client("--metadata-url URL refresh")).isZero();
    assertThat(requests)
        .containsExactly("/2.root.json", "/timestamp.json", "/2.snapshot.json", "/2.targets.json");
    assertThat(names("metadata"))
        .containsExactly("root.json", "snapshot.json", "targets.json", "timestamp.json");
    assertThat(download(MANIFEST)).isZero();
    assertThat(requests.get(requests.size() - 1)).endsWith(".manifest.json");
    assertThat(names("targets")).containsExactly("lists%2Fiwf%2Fmanifest.json");
    requests.clear();
    assertThat(download(MANIFEST)).isZero();
    assertThat(requests).containsExactly("/2.root.json", "/timestamp.json");
    Files.writeString(directory.resolve("targets/lists%2Fiwf%2Fmanifest.json"), "damaged");
    assertThat(download(MANIFEST)).isZero();
    assertThat(Files.readString(directory.resolve("targets/lists%2Fiwf%2Fmanifest.json")))
        .contains("\"serial\":1");
    assertThat(err.size()).isZero();
  }

  @Test
  void whatIsNotThereOrNotGoodIsOne() throws IOException {
    assertThat(client("--metadata-url URL refresh")).isEqualTo(1);
    assertThat(client("init " + directory.resolve("pub/root.json"))).isZero();
    assertThat(download("nowhere")).isEqualTo(1);
    assertThat(names("metadata")).hasSize(4);
    assertThat(client("--time 2100-01-01T00:00:00Z --metadata-url URL refresh")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tidegate tuf-client: refused: wrong-root\n"
                + "tidegate tuf-client: refused: missing\n"
                + "tidegate tuf-client: refused: expired\n");
    assertThat(directory.resolve("targets")).doesNotExist();
  }

  private int download(String target) {
    return client(
        "--metadata-url URL --target-name "
            + target
            + " --target-base-url URLtargets --target-dir "
            + directory.resolve("targets")
            + " download");
  }

  private int client(String arguments) {
    String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    List<String> all = new ArrayList<>(List.of("tuf-client", "--metadata-dir"));
    all.add(directory.resolve("metadata").toString());
    all.addAll(List.of(arguments.replace("URL", base).split(" ")));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Tidegate.run(
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        new PrintStream(err, true, UTF_8),
        arguments);
  }

  private List<String> names(String in) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(in))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private HttpServer create() {
    try {
      HttpServer created =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      created.createContext(
          "/",
          exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            Path file = directory.resolve("pub/repository").resolve(path.substring(1));
            boolean found = Files.isRegularFile(file);
            exchange.sendResponseHeaders(found ? 200 : 404, found ? Files.size(file) : -1);
            if (found) {
              Files.copy(file, exchange.getResponseBody());
            }
            exchange.close();
          });
      return created;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
