package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once, for long: no error, no wrong byte, no leak, no growing memory. */
@Timeout(900)
class PressureIT {
  private static final int BODY = 64 * 1024;
  private static final int CLIENTS = 500;

  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();

  /** Sends back the body that came, in the framing in which it came. */
  private static void echo(Socket socket, InputStream raw, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    String head;
    while (!(head = ScriptedOrigin.readHead(in)).isEmpty()) {
      echo(head, in, out);
    }
  }

  private static void echo(String head, InputStream in, OutputStream out) throws IOException {
    boolean chunked = !StrictOrigin.values(head, "transfer-encoding").isEmpty();
    String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + BODY;
    byte[] body = chunked ? dechunk(in) : in.readNBytes(BODY);
    out.write(("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n").getBytes(ISO_8859_1));
    if (chunked) {
      out.write((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
    }
    out.write(body);
    if (chunked) {
      out.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    }
  }

  private static byte[] dechunk(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int b; (b = in.read()) != '\n'; line.append((char) b)) {
        if (b < 0) {
          throw new IOException("cut");
        }
      }
      int size = Integer.parseInt(line.toString().strip(), 16);
      body.write(in.readNBytes(size));
      in.readNBytes(2);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private void load(Gateway gateway, int clients, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      int seed = i;
      threads.execute(() -> client(gateway, seed, end));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(time.toSeconds() + 120, TimeUnit.SECONDS)).isTrue();
  }

  private void client(Gateway gateway, int seed, long end) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] body = new byte[BODY];
    random.nextBytes(body);
    try (LoadClient client = new LoadClient(gateway.address())) {
      for (int i = 0; i < 2 || System.nanoTime() < end; i++) { // on a busy machine, too
        byte[] number = Long.toString(random.nextLong()).getBytes(ISO_8859_1);
        System.arraycopy(number, 0, body, 0, number.length);
        boolean chunked = random.nextBoolean();
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + BODY;
        client.send(
            "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\n" + framing + "\r\n\r\n");
        if (chunked) {
          client.send(Integer.toHexString(BODY) + "\r\n");
        }
        client.send(body);
        if (chunked) {
          client.send("\r\n0\r\n\r\n");
        }
        LoadClient.Answer answer = client.read();
        if (answer.status() != 200 || !Arrays.equals(answer.body(), body)) {
          errors.add("seed " + seed + ": " + answer.status() + ", " + answer.body().length);
        }
        answered.incrementAndGet();
      }
    } catch (IOException | RuntimeException e) {
      errors.add("seed " + seed + ": " + e);
    }
  }

  /** Returns the figures. */
  private String manyClients(Duration time) throws Exception {
    String figures;
    NettyLog log = NettyLog.begin();
    try (ByteOrigin origin = new ByteOrigin(PressureIT::echo);
        Gateway gateway =
            TestGateway.start(
                origin.address(), ListedFilter.of("listed.example"), UnaryOperator.identity())) {
      load(gateway, CLIENTS, time.dividedBy(4));
      Memory before = Memory.now();
      load(gateway, CLIENTS, time);
      Memory after = Memory.now();
      figures =
          String.format(
              Locale.ROOT,
              "%d clients, %d s: %d answers; %s, then %s",
              CLIENTS,
              time.toSeconds(),
              answered.get(),
              before,
              after);
      assertThat(errors).isEmpty();
      assertThat(answered).hasValueGreaterThanOrEqualTo(4 * CLIENTS);
      after.assertNoDriftSince(before);
    }
    assertThat(log.end()).isEmpty();
    return figures;
  }

  @Test
  void manyClientsForAShortWhile() throws Exception {
    manyClients(Duration.ofSeconds(2));
  }

  @Test
  @Tag("nightly")
  void manyClientsForAMinute() throws Exception {
    System.out.println(manyClients(Duration.ofSeconds(60)));
  }

  private String underTheLeakDetector(Duration time) throws Exception {
    String figures;
    NettyLog log = NettyLog.begin();
    try (RoughOrigin origin = new RoughOrigin();
        Gateway gateway =
            TestGateway.start(
                origin.address(),
                ListedFilter.of("listed.example"),
                b ->
                    b.relayUnknownTunnels()
                        .limits(HostileRequestIT.limits(Duration.ofSeconds(2))))) {
      RoughClients clients = new RoughClients(gateway.address());
      clients.run(40, time);
      figures =
          String.format(
              Locale.ROOT,
              "40 rough clients, %d s: %s whole, %s cut, %s blocked",
              time.toSeconds(),
              clients.whole,
              clients.cut,
              clients.splash);
      assertThat(clients.wrong).isEmpty();
      assertThat(clients.whole).hasPositiveValue();
      assertThat(clients.cut).hasPositiveValue();
      assertThat(clients.splash).hasPositiveValue();
      origin.awaitNoConnection();
    }
    assertThat(log.end()).isEmpty();
    return figures;
  }

  @Test
  void roughHandlingLeaksNothing() throws Exception {
    underTheLeakDetector(Duration.ofSeconds(4));
  }

  @Test
  @Tag("nightly")
  void roughHandlingLeaksNothingInFiveMinutes() throws Exception {
    System.out.println(underTheLeakDetector(Duration.ofMinutes(5)));
  }

  /** The watch itself: without this, no report would prove nothing. */
  @Test
  void aLeakIsSeen() {
    NettyLog log = NettyLog.begin();
    ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    List<String> complaints = log.end();
    assertThat(complaints).hasSize(1);
    assertThat(complaints.get(0)).contains("LEAK");
  }
}
