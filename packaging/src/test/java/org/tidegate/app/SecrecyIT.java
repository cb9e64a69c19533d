package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that a gateway writes, stores or holds in memory says what is listed: neither the entries
 * nor the texts that their keyed hashes are made of. Nor does it say who asked for what.
 */
@Timeout(180)
class SecrecyIT {
  /** Entries of every scope, of words that stand nowhere else. */
  private static final List<String> ENTRIES =
      List.of(
          "qzdomain-hidden.example",
          "=qzhost-hidden.example",
          "qzprefix-hidden.example/qzbelow/",
          "qzpage-hidden.example/qzpage.html",
          "qzexact-hidden.example/qzexact?qz=1");

  /** Hosts, paths and parts of both: whatever of an entry goes into a hash. */
  private static final List<String> PARTS =
      List.of(
          "qzdomain", "qzhost", "qzprefix", "qzbelow", "qzpage", "qzexact", "qz=1", "-hidden.exam");

  /** A client's address that is nobody else's. */
  private static final String CLIENT = "127.0.77.91";

  @TempDir Path directory;

  private int tidegate(String command) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    String[] args = command.replace("DIR", directory.resolve("pub").toString()).split(" ");
    for (int i = 0; i < args.length; i++) {
      args[i] = args[i].replace("LIST", directory.resolve("list.txt").toString());
    }
    return Tidegate.run(nowhere, nowhere, args);
  }

  private Path configuration() throws IOException {
    Path gateway = Files.createDirectory(directory.resolve("gateway"));
    Files.copy(directory.resolve("pub/root.json"), gateway.resolve("root.json"));
    Files.copy(directory.resolve("pub/list.key"), gateway.resolve("list.key"));
    String text =
        """
        listeners: {explicit: [127.0.0.1:0]}
        admin: {listen: 127.0.0.1:0, canary-interval: 1s}
        log: {format: json}
        store: store
        lists:
          - name: own
            kind: mandatory
            source:
              repository: REPOSITORY
              trusted-root: root.json
              list-key: [list.key]
        """;
    Path file = gateway.resolve("c.yaml");
    return Files.writeString(
        file, text.replace("REPOSITORY", directory.resolve("pub/repository").toUri().toString()));
  }

  @Test
  void nothingSaysWhatIsListed() throws Exception {
    Files.writeString(directory.resolve("list.txt"), String.join("\n", ENTRIES) + "\n");
    assertThat(tidegate("list init --dir DIR")).isZero();
    assertThat(tidegate("list publish --dir DIR --name own --list LIST --format native")).isZero();
    Path file = configuration();
    Path gateway = directory.resolve("gateway");
    List<String> answers = new ArrayList<>();
    try (GatewayProgram program = GatewayProgram.start(gateway, file)) {
      program.awaitReady();
      dumpHeap(program, gateway.resolve("heap.hprof"));
      for (String entry : ENTRIES) {
        String url = "http://" + entry.replace("=q", "q");
        try (TestClient client = new TestClient(program.proxy)) {
          assertThat(client.get(url)).isEqualTo(403);
        }
      }
      try (TestClient client = new TestClient(program.proxy)) {
        assertThat(client.get("http://qzhost-hidden.example:0/qzbelow")).isEqualTo(400);
      }
      askFrom(CLIENT, program, "qzpassing.canary.invalid");
      askFrom(CLIENT, program, "own.canary.invalid");
      askFrom(CLIENT, program, "qzhost-hidden.example");
      await().until(() -> program.log().lines().filter(l -> l.contains("blocked")).count() == 6);
      for (String path : List.of("/", "/metrics", "/healthcheck", "/ready", "/live")) {
        answers.add(program.ask(path));
      }
      program.signal("HUP");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> program.log().contains("reloaded: listening on"));
      program.signal("TERM");
      assertThat(program.end()).isZero();
    }
    Files.write(gateway.resolve("answers"), answers, UTF_8);

    assertThat(found(gateway, PARTS)).isEmpty();
    assertThat(found(gateway, List.of(CLIENT, "qzpassing"))).as("people").isEmpty();
    assertThat(found(gateway, List.of("own.canary.invalid", "tidegate_build_info")))
        .as("what is there is found")
        .contains("own.canary.invalid in heap.hprof", "tidegate_build_info in answers");
  }

  private static void askFrom(String address, GatewayProgram program, String host)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(program.proxy);
      String request =
          "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  private static void dumpHeap(GatewayProgram program, Path to) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process dump =
        new ProcessBuilder(
                jcmd.toString(), "" + program.pid(), "GC.heap_dump", "-all", to.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(dump.waitFor()).isZero();
    assertThat(to).isNotEmptyFile();
  }

  private static List<String> found(Path directory, List<String> texts) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (String text : texts) {
          for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            if (contains(bytes, text.getBytes(charset))) {
              found.add(text + " in " + file.getFileName());
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && bytes[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
