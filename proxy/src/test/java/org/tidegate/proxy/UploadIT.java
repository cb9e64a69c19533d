package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.exchange.Limits;

/** Uploads that their origin does not take whole, and exchanges that never end. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class UploadIT {
  private static final String TOO_LARGE =
      "HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfull";

  private ByteOrigin origin;
  private Gateway gateway;

  private void start(ByteOrigin.Script script) throws IOException {
    start(script, UnaryOperator.identity());
  }

  private void start(ByteOrigin.Script script, UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    origin = new ByteOrigin(script);
    gateway =
        TestGateway.start(
            origin.address(), new UrlFilter(Policy.everyList(FailurePolicy.PASS)), more);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  /** Sends an upload until nobody takes it any more. */
  private RawClient upload() throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send(
        "PUT http://a.example/x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000000\r\n\r\n");
    Thread sender = new Thread(() -> sendMuch(client));
    sender.setDaemon(true);
    sender.start();
    return client;
  }

  private static void sendMuch(RawClient client) {
    try {
      byte[] much = new byte[1 << 16];
      for (int i = 0; i < 160; i++) {
        client.send(much);
      }
    } catch (IOException e) {
      // the test ended
    }
  }

  /** The origin's reset comes after its answer, and makes a write fail before that is read. */
  @RepeatedTest(20)
  void anAnswerBeforeTheOriginsResetArrives() throws IOException {
    start(
        (socket, in, out) -> {
          in.readNBytes(1 << 20);
          out.write(TOO_LARGE.getBytes(ISO_8859_1));
        });
    try (RawClient client = upload()) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 413 ").endsWith("\r\n\r\nfull");
    }
  }

  /** It moves before each second is over, and would for ever. */
  @Test
  void anUploadThatDripsIsEnded() throws Exception {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    Limits limits =
        new Limits(
            32_768, 65_536, minute, minute, minute, minute, second, 100, minute, minute, minute,
            minute);
    start((socket, in, out) -> in.readAllBytes(), b -> b.limits(limits));
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(
          "PUT http://a.example/x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 999\r\n\r\n");
      ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
      drip.scheduleAtFixedRate(() -> drip(client), 100, 100, TimeUnit.MILLISECONDS);
      try {
        assertThat(client.readResponse()).startsWith("HTTP/1.1 408 ");
      } finally {
        drip.shutdownNow();
      }
    }
  }

  private static void drip(RawClient client) {
    try {
      client.send("x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anExchangeThatNeverEndsIsEnded() throws Exception {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    Limits limits =
        new Limits(
            32_768, 65_536, minute, minute, minute, minute, minute, 0, second, minute, minute,
            minute);
    start(
        (socket, in, out) -> {
          ScriptedOrigin.readHead(in);
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n".getBytes(ISO_8859_1));
          for (int i = 0; i < 600; i++) {
            out.write('x');
            Thread.sleep(50); // the drip itself
          }
        },
        b -> b.limits(limits));
    try (RawClient client = new RawClient(gateway.address())) {
      client.send("GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n");
      assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
    }
  }

  @RepeatedTest(20)
  void anAnswerThatTheResetCutIsNotTakenForWhole() throws IOException {
    start(
        (socket, in, out) -> {
          in.readNBytes(1 << 20);
          socket.setSoLinger(true, 0);
          out.write("HTTP/1.0 413 Content Too Large\r\n\r\nfu".getBytes(ISO_8859_1));
        });
    try (RawClient client = upload()) {
      assertThat(client.readTo("\r\n\r\n")).contains("chunked");
      assertThatThrownBy(() -> client.readTo("0\r\n\r\n")).isInstanceOf(IOException.class);
    }
  }
}
