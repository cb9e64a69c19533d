package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidegate.proxy.Http2Client.END_STREAM;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.proxy.exchange.Limits;

/** Calls in which both sides go on speaking, each as fast as the other one listens. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class Http2StreamingIT {
  private Http2Answers origin;
  private Calls calls;
  private Http2Client client;

  @AfterEach
  void stop() throws IOException {
    calls.close();
    origin.close();
  }

  private void start(Http2Answers.Script script) throws IOException {
    start(Limits.DEFAULT, script);
  }

  private void start(Limits limits, Http2Answers.Script script) throws IOException {
    origin = new Http2Answers(script);
    calls = new Calls(origin.address(), b -> b.limits(limits));
    client = calls.client;
  }

  /** The origin speaks before the question has ended, and both go on by turns. */
  @Test
  void bothSidesSpeakByTurns() throws IOException {
    start(
        connection -> {
          int stream = connection.next().stream();
          Calls.begin(connection, stream);
          for (int i = 0; i < 20; i++) {
            while (connection.read().type() != Http2Wire.DATA) {
              // what is no question
            }
            connection.data(stream, 0, new byte[] {(byte) ('a' + i)});
          }
          connection.body();
          Calls.end(connection, stream);
          Calls.serveAll(connection);
        });
    int stream = calls.open();
    for (int i = 1; i <= 20; i++) {
      client.frame(Http2Client.DATA, 0, stream, "?".getBytes(US_ASCII));
      client.awaitBody(stream, i);
    }
    client.frame(Http2Client.DATA, END_STREAM, stream, new byte[0]);
    assertThat(client.await(stream).text()).isEqualTo("abcdefghijklmnopqrst");
    assertThat(client.await(stream).fields).containsEntry("grpc-status", "0");
    calls.assertServed(calls.call());
  }

  /** What holds for uploads would cut a call whose client only listens. */
  @Test
  void aCallThatIsAnsweredIsNoSlowUpload() throws IOException {
    start(
        stallAfter(Duration.ofSeconds(3)),
        connection -> {
          int stream = connection.next().stream();
          Calls.begin(connection, stream);
          for (int i = 0; i < 8; i++) {
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            connection.data(stream, 0, new byte[] {'x'});
          }
          Calls.end(connection, stream);
          connection.rest();
        });
    Http2Client.Answer answer = client.await(calls.open());
    assertThat(answer.text()).isEqualTo("xxxxxxxx");
    assertThat(answer.fields).containsEntry("grpc-status", "0");
  }

  private static Limits stallAfter(Duration time) {
    Limits normal = Limits.DEFAULT;
    return new Limits(
        normal.requestLineBytes(),
        normal.fieldBytes(),
        normal.head(),
        normal.idle(),
        normal.connect(),
        normal.response(),
        time,
        normal.uploadBytesPerSecond(),
        normal.exchange(),
        normal.tunnelFirstBytes(),
        normal.tunnelIdle(),
        normal.upstreamIdle());
  }

  /** A slow client stops the origin, which gets no more than windows and buffers hold. */
  @Test
  void aSlowClientStopsTheOrigin() throws Exception {
    int chunk = 16_000;
    AtomicInteger taken = new AtomicInteger();
    start(
        connection -> {
          int stream = connection.next().stream();
          Calls.begin(connection, stream);
          int room = 65_535;
          for (int sent = 0; sent < 100; sent++) {
            while (room < chunk) {
              Http2Wire.Frame frame = connection.read();
              if (frame.type() == Http2Wire.WINDOW_UPDATE && frame.stream() == stream) {
                room += Http2Wire.size(frame);
              }
            }
            connection.data(stream, 0, new byte[chunk]);
            taken.addAndGet(chunk);
            room -= chunk;
          }
          Calls.end(connection, stream);
          connection.rest();
        });
    client.readsWindows = false;
    int stream = calls.call();
    client.awaitBody(stream, 65_535);
    await().during(Duration.ofMillis(300)).until(() -> taken.get() < 1 << 20);
    client.windowUpdate(0, 10 << 20);
    client.windowUpdate(stream, 10 << 20);
    assertThat(client.await(stream).body.size()).isEqualTo(100 * chunk);
  }

  /** A slow origin stops the client: the gateway takes no more than windows and buffers hold. */
  @Test
  void aSlowOriginStopsTheClient() throws Exception {
    AtomicBoolean reads = new AtomicBoolean();
    start(
        connection -> {
          int stream = connection.next().stream();
          await().untilTrue(reads);
          int bytes = connection.body();
          Calls.begin(connection, stream);
          connection.data(stream, 0, Integer.toString(bytes).getBytes(US_ASCII));
          Calls.end(connection, stream);
          connection.rest();
        });
    int stream = calls.open();
    int taken = client.fill(stream, 65_535);
    assertThat(taken).isLessThan(1 << 20);
    reads.set(true);
    client.send(stream, 2 << 20);
    assertThat(client.await(stream).text()).isEqualTo(Integer.toString(taken + (2 << 20)));
  }
}
