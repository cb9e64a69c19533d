package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tidegate run} in a process of its own, with an admin endpoint. */
final class GatewayProgram implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "ready: listening on 127\\.0\\.0\\.1:(\\d+).*admin on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path err;
  final InetSocketAddress proxy;
  final InetSocketAddress admin;

  private GatewayProgram(Process process, Path err, Matcher ready) {
    this.process = process;
    this.err = err;
    this.proxy = new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.group(1)));
    this.admin = new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.group(2)));
  }

  /** Starts it; what it writes is in the files {@code out} and {@code err} of the directory. */
  static GatewayProgram start(Path directory, Path file) throws IOException {
    return start(directory, file, "");
  }

  /** The same, with options for its JVM, separated by spaces. */
  static GatewayProgram start(Path directory, Path file, String jvm) throws IOException {
    Shell shell = new Shell(directory).with("JAVA_HOME", System.getProperty("java.home"));
    return start(shell.with("TIDEGATE_JAVA_OPTS", jvm), directory, file);
  }

  /** The same, in that environment. */
  static GatewayProgram start(Shell shell, Path directory, Path file) throws IOException {
    Path err = directory.resolve("err");
    Process process = shell.startGateway(file);
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> READY.matcher(Files.readString(err)).find() || !process.isAlive());
    Matcher ready = READY.matcher(Files.readString(err));
    assertThat(ready.find()).as(Files.readString(err)).isTrue();
    return new GatewayProgram(process, err, ready);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor()).isZero();
  }

  String log() throws IOException {
    return Files.readString(err);
  }

  /** What the admin endpoint answers: status, space, body. */
  String ask(String path) {
    URI uri = URI.create("http://127.0.0.1:" + admin.getPort() + path);
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return "no answer";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitReady() {
    await().atMost(Duration.ofSeconds(30)).until(() -> ask("/ready").equals("200 ready\n"));
  }

  /** Until that edition of the list is enforced. */
  void awaitSerial(String list, int serial) {
    String line = "tidegate_list_serial{list=\"" + list + "\"} " + serial + "\n";
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ask("/metrics").contains(line));
  }

  int end() {
    return Shell.end(process);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
