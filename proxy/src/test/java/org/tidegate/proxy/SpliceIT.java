package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is large goes by exact, and its end stays what it was, whoever moves the bytes. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
@ParameterizedClass(name = "splice {0}")
@ValueSource(booleans = {true, false})
class SpliceIT {
  private static final byte[] MUCH = new byte[8 << 20];
  private static final String TUNNEL = "CONNECT a.example:9 HTTP/1.1\r\nHost: a.example:9\r\n\r\n";
  private static final String FIRST = "first line\r\n";
  private static final String GET = "GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n";

  static {
    new SplittableRandom(23).nextBytes(MUCH);
  }

  private final boolean splice;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long pipesBefore;
  private ByteOrigin origin;
  private Gateway gateway;

  SpliceIT(boolean splice) {
    this.splice = splice;
  }

  @BeforeEach
  void count() throws IOException {
    pipesBefore = Pipes.open();
  }

  private void start(ByteOrigin.Script script) throws IOException {
    start(script, UnaryOperator.identity());
  }

  private void start(ByteOrigin.Script script, UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    origin = new ByteOrigin(script);
    gateway =
        TestGateway.start(
            origin.address(),
            ListedFilter.of("listed.example"),
            b -> {
              GatewayConfig.Builder builder = more.apply(b.relayUnknownTunnels());
              return splice ? builder : builder.withoutSplice();
            });
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    gateway.close();
    origin.close();
    await().until(() -> Pipes.open() <= pipesBefore);
  }

  private RawClient tunnel() throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send(TUNNEL);
    assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    client.send(FIRST);
    return client;
  }

  private static String head(int length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private static Thread sendAll(RawClient client) {
    return InBackground.begin(
        () -> {
          client.send(MUCH);
          client.endOutput();
        });
  }

  private byte[] afterFirstLine() {
    return Arrays.copyOfRange(kept.toByteArray(), FIRST.length(), kept.size());
  }

  @Test
  void aTunnelIsExactBothWaysAtOnce() throws Exception {
    start(
        (socket, in, out) -> {
          Thread reader = InBackground.begin(() -> kept.write(in.readAllBytes()));
          out.write(MUCH);
          socket.shutdownOutput();
          reader.join();
        });
    try (RawClient client = tunnel()) {
      Thread sender = sendAll(client);
      assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(MUCH);
      sender.join();
      await().until(() -> origin.openConnections() == 0);
    }
    assertThat(afterFirstLine()).isEqualTo(MUCH);
  }

  @Test
  void whatAnOriginSendsAfterTheClientsEndArrives() throws Exception {
    start(
        (socket, in, out) -> {
          in.readAllBytes();
          out.write(MUCH);
        });
    try (RawClient client = tunnel()) {
      sendAll(client).join();
      assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(MUCH);
    }
  }

  @Test
  void whatAClientSendsAfterTheOriginsEndArrives() throws Exception {
    start(
        (socket, in, out) -> {
          out.write(MUCH);
          socket.shutdownOutput();
          kept.write(in.readAllBytes());
        });
    try (RawClient client = tunnel()) {
      assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(MUCH);
      sendAll(client).join();
      await().until(() -> origin.openConnections() == 0);
    }
    assertThat(afterFirstLine()).isEqualTo(MUCH);
  }

  @Test
  void aBodyIsExactAndTheConnectionGoesOn() throws Exception {
    start(
        (socket, in, out) -> {
          while (!ScriptedOrigin.readHead(in).isEmpty()) {
            write(out, head(MUCH.length));
            out.write(MUCH);
          }
        });
    try (LoadClient client = new LoadClient(gateway.address())) {
      client.send(GET + GET); // the second while the first is answered
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().body()).isEqualTo(MUCH);
        client.send(GET);
      }
    }
    assertThat(origin.connections).hasValue(1);
  }

  @Test
  void anUploadIsExactAndTheConnectionGoesOn() throws Exception {
    start(
        (socket, in, out) -> {
          while (ScriptedOrigin.readHead(in).startsWith("PUT")) {
            byte[] body = in.readNBytes(MUCH.length);
            write(out, head(MUCH.length));
            out.write(body);
          }
        });
    String put =
        "PUT http://a.example/x HTTP/1.1\r\nHost: a.example\r\nContent-Length: "
            + MUCH.length
            + "\r\n\r\n";
    try (LoadClient client = new LoadClient(gateway.address())) {
      for (int i = 0; i < 3; i++) {
        client.send(put);
        client.send(MUCH);
        assertThat(client.read().body()).isEqualTo(MUCH);
      }
    }
  }

  @Test
  void whatFollowsABodyIsNotPartOfIt() throws Exception {
    start(
        (socket, in, out) -> {
          ScriptedOrigin.readHead(in);
          write(out, head(MUCH.length));
          out.write(MUCH);
          out.write(MUCH);
          in.readAllBytes();
        });
    try (LoadClient client = new LoadClient(gateway.address())) {
      for (int i = 1; i <= 3; i++) {
        client.send(GET);
        assertThat(client.read().body()).isEqualTo(MUCH);
        assertThat(origin.connections).hasValue(i);
      }
    }
  }

  @Test
  void aClientThatTakesNothingStopsTheOrigin() throws Exception {
    AtomicLong sent = new AtomicLong();
    start(
        (socket, in, out) -> {
          socket.setSendBufferSize(64 * 1024);
          in.readNBytes(FIRST.length()); // what is unread when it closes makes a reset of the end
          for (int i = 0; i < 8; i++) {
            for (int at = 0; at < MUCH.length; at += 1 << 16) {
              out.write(MUCH, at, 1 << 16);
              sent.addAndGet(1 << 16);
            }
          }
        });
    try (RawClient client = new RawClient(gateway.address(), 64 * 1024)) {
      client.send(TUNNEL);
      client.readTo("\r\n\r\n");
      client.send(FIRST);
      AtomicLong before = new AtomicLong(-1);
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).isLessThan(8L * MUCH.length);
      if (splice && Epoll.isAvailable()) {
        assertThat(Pipes.open()).isGreaterThan(pipesBefore);
      } else {
        assertThat(Pipes.open()).isEqualTo(pipesBefore);
      }
      for (int i = 0; i < 8; i++) {
        assertThat(client.readBytes(MUCH.length)).isEqualTo(MUCH);
      }
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void anOriginsResetInATunnelIsOne() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    start(
        (socket, in, out) -> {
          out.write(MUCH);
          taken.await();
          socket.setSoLinger(true, 0);
        });
    try (RawClient client = tunnel()) {
      assertThat(client.readBytes(MUCH.length)).isEqualTo(MUCH);
      taken.countDown();
      assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aResetWhileBytesAreOnTheirWayIsOne() throws Exception {
    start(
        (socket, in, out) -> {
          out.write(MUCH);
          socket.setSoLinger(true, 0);
        });
    try (RawClient client = tunnel()) {
      assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientsResetInATunnelIsOne() throws Exception {
    AtomicReference<IOException> seen = new AtomicReference<>();
    start(
        (socket, in, out) -> {
          try {
            in.readAllBytes();
          } catch (IOException e) {
            seen.set(e);
          }
        });
    try (RawClient client = tunnel()) {
      client.send(MUCH);
      client.socket().setSoLinger(true, 0);
    }
    await().until(() -> seen.get() != null);
    assertThat(seen.get()).hasMessageContaining("reset");
  }

  @Test
  void aClientsResetWhileItTakesAnAnswerReachesTheOrigin() throws Exception {
    AtomicReference<IOException> seen = new AtomicReference<>();
    start(
        (socket, in, out) -> {
          ScriptedOrigin.readHead(in);
          write(out, head(Integer.MAX_VALUE));
          try {
            while (true) {
              out.write(MUCH);
            }
          } catch (IOException e) {
            seen.set(e);
          }
        });
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(GET);
      client.readBytes(MUCH.length);
      client.socket().setSoLinger(true, 0);
    }
    await().until(() -> seen.get() != null);
  }

  /** Whether it ends in order or by a reset, what is there of it is passed on, and then a reset. */
  @Test
  void aBodyThatIsCutIsSeenToBe() throws Exception {
    int half = MUCH.length / 2;
    AtomicLong count = new AtomicLong();
    start(
        (socket, in, out) -> {
          ScriptedOrigin.readHead(in);
          write(out, head(MUCH.length));
          out.write(MUCH, 0, half);
          socket.setSoLinger(count.getAndIncrement() == 0, 0);
        });
    for (int i = 0; i < 2; i++) {
      try (LoadClient client = new LoadClient(gateway.address())) {
        client.send(GET);
        assertThatThrownBy(client::read).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aBodyThatStopsIsCut() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    start(
        (socket, in, out) -> {
          ScriptedOrigin.readHead(in);
          write(out, head(MUCH.length));
          out.write(MUCH, 0, MUCH.length - 1);
          end.await();
        },
        b -> b.limits(HostileRequestIT.limits(Duration.ofSeconds(1))));
    try (LoadClient client = new LoadClient(gateway.address())) {
      client.send(GET);
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aTunnelThatMovesIsNotIdleAndOneThatStopsIs() throws Exception {
    int parts = 10;
    int part = MUCH.length / parts;
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    start(
        (socket, in, out) -> {
          AtomicLong at = new AtomicLong();
          clock.scheduleAtFixedRate(
              () -> send(out, (int) at.getAndAdd(part), part), 0, 300, TimeUnit.MILLISECONDS);
          in.readAllBytes();
        },
        b -> b.limits(HostileRequestIT.limits(Duration.ofSeconds(1))));
    try (RawClient client = tunnel()) {
      byte[] expected = Arrays.copyOf(MUCH, parts * part);
      assertThat(client.readBytes(expected.length)).isEqualTo(expected);
      clock.shutdownNow();
      assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
    } finally {
      clock.shutdownNow();
    }
  }

  private static void send(OutputStream out, int from, int length) {
    if (from + length <= MUCH.length) {
      try {
        out.write(MUCH, from, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
