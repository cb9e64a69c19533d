package org.tidegate.proxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real program, run for a test in a directory of its own and ended with it. */
final class Peer implements AutoCloseable {
  private final Process process;

  private Peer(Process process) {
    this.process = process;
  }

  /** Starts a server and waits until its port is open. */
  static Peer server(Path directory, int port, String... command) throws IOException {
    Peer peer = new Peer(builder(directory, command).start());
    await().atMost(Duration.ofSeconds(30)).until(() -> !peer.process.isAlive() || isOpen(port));
    if (!peer.process.isAlive()) {
      throw new AssertionError(
          command[0] + " ended: " + Files.readString(directory.resolve("log")));
    }
    return peer;
  }

  /** Runs a program to its end and returns what it printed. */
  static String run(Path directory, String... command) throws IOException, InterruptedException {
    Process process =
        builder(directory, command).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command[0] + " did not end");
    }
    return printed;
  }

  private static ProcessBuilder builder(Path directory, String... command) {
    command[0] = find(command[0]);
    Path log = directory.resolve("log");
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** A missing program is a failure, not a skip. */
  private static String find(String program) {
    for (String directory : List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin")) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    throw new AssertionError(program + " is not installed");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A directory for one test; readable by all, since some programs give up the user's rights. */
  static Path directory(String name) throws IOException {
    Path directory = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
