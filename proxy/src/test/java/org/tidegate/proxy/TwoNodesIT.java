package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes behind HAProxy, which says whose each connection is. One of them is drained, or killed,
 * while clients ask: each loses the connection that it had there, at most, and nothing else.
 */
@Tag("peers")
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class TwoNodesIT {
  private static final int CLIENTS = 16;
  private static final int REQUESTS = 150;
  private static final int BODY = 20_000;

  private final List<Process> nodes = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger answered = new AtomicInteger();
  private ScriptedOrigin origin;

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    for (Process node : nodes) {
      node.destroyForcibly().waitFor();
    }
    origin.close();
  }

  private int node() throws IOException {
    int port = Peer.freePort();
    Process node =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProgram.class.getName(),
                String.valueOf(port),
                String.valueOf(origin.address().getPort()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    nodes.add(node);
    await().atMost(Duration.ofSeconds(60)).until(() -> isOpen(port));
    return port;
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Peer balancer(int port, String header) throws IOException {
    Path directory = Peer.directory("nodes");
    Files.writeString(
        directory.resolve("haproxy.cfg"),
        """
        defaults
          mode tcp
          balance roundrobin
          retries 3
          option redispatch 1
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        listen gateways
          bind 127.0.0.1:%d
          server one 127.0.0.1:%d %s check inter 200ms
          server two 127.0.0.1:%d %s check inter 200ms
        """
            .formatted(port, node(), header, node(), header));
    return Peer.server(directory, port, "haproxy", "-db", "-f", "haproxy.cfg");
  }

  @ParameterizedTest
  @CsvSource({
    "drained, send-proxy-v2",
    "drained, send-proxy",
    "killed, send-proxy-v2",
    "killed, send-proxy",
  })
  void noClientLosesMoreThanItsConnection(String how, String header) throws Exception {
    byte[] page = ScriptedOrigin.ok("x".repeat(BODY)).getBytes(ISO_8859_1);
    origin =
        new ScriptedOrigin(
            (head, in, out) -> {
              out.write(page);
              return true;
            });
    int port = Peer.freePort();
    try (Peer haproxy = balancer(port, header)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> ask(port)));
      }
      await().until(() -> answered.get() > CLIENTS * REQUESTS / 4);
      if (how.equals("killed")) {
        nodes.get(0).destroyForcibly();
      } else {
        nodes.get(0).destroy();
      }
      for (Future<?> client : clients) {
        client.get(100, TimeUnit.SECONDS);
      }
      assertThat(nodes.get(0).waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(nodes.get(1).isAlive()).isTrue();
      assertThat(answered).hasValue(CLIENTS * REQUESTS);
    }
  }

  /**
   * Asks, on a connection that it keeps. To lose it with its node is its lot, and so is one more
   * that was on its way there; a third is an error.
   */
  private @Nullable Void ask(int port) throws IOException {
    int lost = 0;
    RawClient connection = new RawClient(new InetSocketAddress("127.0.0.1", port));
    for (int i = 0; i < REQUESTS; ) {
      try {
        ask(connection, i);
        answered.incrementAndGet();
        i++;
      } catch (IOException e) {
        connection.close();
        if (++lost > 2) {
          throw e;
        }
        connection = new RawClient(new InetSocketAddress("127.0.0.1", port));
      }
    }
    connection.close();
    return null;
  }

  private static void ask(RawClient connection, int number) throws IOException {
    boolean listed = number % 10 == 0;
    String host = listed ? "www.listed.example" : "a.example";
    connection.send(
        "GET http://" + host + "/" + number + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    String answer = connection.readResponse();
    boolean right =
        listed
            ? answer.startsWith("HTTP/1.1 403 ") && answer.contains("</html>")
            : answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n" + "x".repeat(BODY));
    if (!right && answer.contains("\r\n\r\n") && !isCut(answer)) {
      throw new AssertionError(answer);
    }
    if (!right) {
      throw new IOException("cut");
    }
  }

  private static boolean isCut(String answer) {
    int head = answer.indexOf("\r\n\r\n") + 4;
    int stated =
        Integer.parseInt(StrictOrigin.values(answer.substring(0, head), "content-length").get(0));
    return answer.length() - head < stated;
  }
}
