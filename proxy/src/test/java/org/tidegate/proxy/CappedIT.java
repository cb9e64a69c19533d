package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with little memory and few files: it serves or refuses, and cuts nothing short. */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class CappedIT {
  private static final String[] SMALL = {"-Xmx64m", "-XX:MaxDirectMemorySize=64m"};
  private static final int BODY = 1 << 20;
  private static final byte[] BLOCK = block();
  private static final String GET = "GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n";
  private static final String LONG = "y".repeat(60_000);
  private static final String CONNECT = "CONNECT a.example:9 HTTP/1.1\r\nHost: a.example:9\r\n\r\n";

  /** What became of a transfer. */
  private enum Outcome {
    WHOLE,
    REFUSED,
    WRONG
  }

  private ByteOrigin origin;
  private CappedGateway gateway;

  private static byte[] block() {
    byte[] block = new byte[1 << 16];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i * 31 + (i >> 8));
    }
    return block;
  }

  private void start(int files, String... options) throws IOException {
    origin =
        new ByteOrigin(
            (socket, in, out) -> {
              String head = ScriptedOrigin.readHead(in); // also what a tunnel carries
              if (head.startsWith("GET /waits")) {
                in.readAllBytes();
                return;
              }
              if (head.startsWith("GET")) {
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
              }
              for (int sent = 0; sent < BODY; sent += BLOCK.length) {
                out.write(BLOCK);
              }
            });
    gateway = CappedGateway.start(origin.address(), files, options);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  private Outcome download(boolean tunnel) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(tunnel ? CONNECT : GET);
      String head = client.readTo("\r\n\r\n");
      if (head.startsWith("HTTP/1.1 503 ")) {
        return Outcome.REFUSED;
      }
      if (tunnel) {
        client.send("tunnelled\r\n\r\n");
      }
      for (int got = 0; got < BODY; got += BLOCK.length) {
        if (!Arrays.equals(client.readBytes(BLOCK.length), BLOCK)) {
          return Outcome.WRONG;
        }
      }
      return Outcome.WHOLE;
    }
  }

  private List<Outcome> downloads(int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Outcome>> all =
          IntStream.range(0, count)
              .mapToObj(i -> threads.submit(() -> download(i % 2 == 0)))
              .toList();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : all) {
        outcomes.add(one.get(100, TimeUnit.SECONDS));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void downloadsAndTunnelsAreByteExactInLittleMemory() throws Exception {
    start(4096, SMALL);
    assertThat(downloads(100)).containsOnly(Outcome.WHOLE);
  }

  /** Clients that take nothing hold what was read for them. */
  @Test
  @Tag("nightly") // the system's own memory for sockets can be the first to end
  void whereMemoryIsTakenRequestsAreRefusedAndNoneIsCutShort() throws Exception {
    start(8192, "-Xmx64m", "-XX:MaxDirectMemorySize=24m");
    List<RawClient> stalled = new ArrayList<>();
    try {
      while (stalled.size() < 600 && !refused(stalled)) {
        stalled.add(new RawClient(gateway.address(), 4096));
        stalled.get(stalled.size() - 1).send(GET);
      }
      assertThat(downloads(20)).doesNotContain(Outcome.WRONG);
      assertThat(gateway.isAlive()).isTrue();
    } finally {
      for (RawClient client : stalled) {
        client.close();
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(downloads(4)).containsOnly(Outcome.WHOLE));
  }

  private boolean refused(List<RawClient> stalled) throws IOException {
    return stalled.size() % 100 == 99 && download(false) == Outcome.REFUSED;
  }

  /** What is kept of each is tens of kilobytes, and together more than the heap. */
  @ParameterizedTest
  @ValueSource(strings = {"heads of requests", "unfinished hellos"})
  void whatManyClientsHaveKeptDoesNotFillTheHeap(String what) throws Exception {
    start(8192, "-Xmx48m", "-XX:MaxDirectMemorySize=128m");
    boolean hellos = what.equals("unfinished hellos");
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        RawClient client = new RawClient(gateway.address());
        clients.add(client);
        if (hellos) {
          client.send(CONNECT);
          client.readTo("\r\n\r\n");
          client.send(unfinishedHello());
        } else {
          client.send(GET.replace("/x", "/waits").replace("Host", "X: " + LONG + "\r\nHost"));
        }
      }
      assertThat(gateway.isAlive()).isTrue();
    } finally {
      for (RawClient client : clients) {
        client.socket().setSoLinger(true, 0);
        client.close();
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(download(false)).isEqualTo(Outcome.WHOLE));
  }

  private static byte[] unfinishedHello() {
    ByteBuffer records = ByteBuffer.allocate(4 * (5 + 16_000));
    for (int i = 0; i < 4; i++) {
      records.put(new byte[] {22, 3, 1, 16_000 >> 8, (byte) 16_000});
      records.put(i == 0 ? new byte[] {1, 0, (byte) 0xff, 0} : new byte[0]);
      records.position((i + 1) * (5 + 16_000));
    }
    return records.array();
  }

  @Test
  void aFullFileTableIsGotOver() throws Exception {
    start(256);
    assertThat(download(false)).isEqualTo(Outcome.WHOLE);
    // Files of connections that were just closed come free after the first filling.
    await().atMost(Duration.ofSeconds(20)).untilAsserted(this::answersNobodyWithAFullTable);
    gateway.say("free");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(download(false)).isEqualTo(Outcome.WHOLE));
    assertThat(download(true)).isEqualTo(Outcome.WHOLE);
  }

  private void answersNobodyWithAFullTable() throws IOException {
    gateway.say("fill");
    try (RawClient waiting = new RawClient(gateway.address())) {
      waiting.send(GET);
      waiting.socket().setSoTimeout(1000);
      assertThat(answerOf(waiting)).isNotEqualTo("HTTP/1.1 200 OK\r\n");
    }
  }

  private static String answerOf(RawClient client) throws IOException {
    try {
      return client.readTo("\r\n");
    } catch (SocketTimeoutException | SocketException e) {
      return "";
    }
  }
}
