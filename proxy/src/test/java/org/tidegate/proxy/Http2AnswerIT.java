package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.proxy.Http2Wire.END_HEADERS;
import static org.tidegate.proxy.Http2Wire.END_STREAM;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidegate.proxy.http.RawText;

/** What origins of HTTP/2 must not do: nobody takes it for an answer, and the next call passes. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class Http2AnswerIT {
  private static final int FLOOD = 5000;
  private static final String[] OK = {":status", "200", "content-type", "application/grpc"};

  /** What an origin does once it has a request. */
  private interface Deed {
    void to(Http2Answers.Connection connection, int stream) throws Exception;
  }

  private final AtomicReference<@Nullable Deed> next = new AtomicReference<>();
  private Http2Answers origin;
  private Calls calls;

  @BeforeAll
  void start() throws IOException {
    origin =
        new Http2Answers(
            connection -> {
              while (true) {
                int stream = connection.next().stream();
                Deed deed = next.getAndSet(null);
                if (deed != null) {
                  deed.to(connection, stream);
                  connection.rest();
                  return;
                }
                Calls.answer(connection, stream);
              }
            });
    calls = new Calls(origin.address(), UnaryOperator.identity());
  }

  @AfterAll
  void stop() throws IOException {
    calls.close();
    origin.close();
  }

  /** Does it to one call, and serves the next, which comes on another connection. */
  private void play(Deed deed, Judgement judgement) throws IOException {
    next.set(deed);
    judgement.of(calls.client.await(calls.call()));
    int before = origin.connections();
    calls.assertServed(calls.call());
    assertThat(origin.connections()).isEqualTo(before + 1);
  }

  private interface Judgement {
    void of(Http2Client.Answer answer);
  }

  static Stream<Arguments> malformed() throws IOException {
    return RawText.rows("/vectors/http2-answers.tsv").stream()
        .map(row -> Arguments.of(row[0], Http2Wire.fields(row)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void aMalformedHeadIsABadAnswer(String what, String[] fields) throws IOException {
    play(
        (connection, stream) -> connection.head(stream, END_STREAM, fields),
        answer -> assertThat(answer.status()).as(what).isEqualTo("502"));
  }

  static Stream<Named<Deed>> noAnswers() {
    return Stream.of(
        deed("a body without a head", (c, s) -> c.data(s, END_STREAM, new byte[3])),
        deed("a reset", (c, s) -> c.frame(Http2Wire.RST_STREAM, 0, s, error(2))),
        deed("a reset without an error", (c, s) -> c.frame(Http2Wire.RST_STREAM, 0, s, error(0))),
        deed("leaves unserved", (c, s) -> c.leave(0)),
        deed(
            "too many interim answers",
            (c, s) -> {
              for (int i = 0; i < 40; i++) {
                c.head(s, 0, ":status", "103", "link", "x");
              }
              Calls.answer(c, s);
            }),
        deed("a promise", (c, s) -> c.frame(5, END_HEADERS, s, promise())),
        deed("fields beyond the limit", Http2AnswerIT::large),
        deed("a body on a stream unknown", (c, s) -> c.data(s + 2, 0, new byte[3])),
        deed(
            "empty continuations",
            (c, s) -> {
              c.frame(Http2Wire.HEADERS, 0, s, Http2Wire.block(OK));
              flood(i -> c.frame(Http2Wire.CONTINUATION, 0, s, new byte[0]));
            }),
        deed(
            "large continuations",
            (c, s) -> {
              c.frame(Http2Wire.HEADERS, 0, s, Http2Wire.block(OK));
              byte[] fields = Http2Wire.block("x-a", "b".repeat(16_000));
              flood(i -> c.frame(Http2Wire.CONTINUATION, 0, s, fields));
            }),
        deed("settings", (c, s) -> flood(i -> c.frame(Http2Wire.SETTINGS, 0, 0, new byte[0]))),
        deed("pings", (c, s) -> flood(i -> c.frame(Http2Wire.PING, 0, 0, new byte[8]))),
        deed("unknown frames", (c, s) -> flood(i -> c.frame(77, 0, s, new byte[10]))),
        deed("an odd size", (c, s) -> c.frame(Http2Wire.PING, 0, 0, new byte[7])),
        deed("no HTTP/2", (c, s) -> c.raw("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII))));
  }

  @ParameterizedTest
  @MethodSource("noAnswers")
  void whatIsNoAnswerIsABadOne(Deed deed) throws IOException {
    play(deed, answer -> assertThat(answer.status()).isEqualTo("502"));
  }

  static Stream<Named<Deed>> brokenBodies() {
    return Stream.of(
        deed("a reset", (c, s) -> c.frame(Http2Wire.RST_STREAM, 0, s, error(2))),
        deed("a reset without an error", (c, s) -> c.frame(Http2Wire.RST_STREAM, 0, s, error(0))),
        deed("a cancel", (c, s) -> c.frame(Http2Wire.RST_STREAM, 0, s, error(8))),
        deed("leaves unserved", (c, s) -> c.leave(0)),
        deed("an error of the connection", (c, s) -> c.frame(Http2Wire.PING, 0, s, new byte[8])),
        deed("a second head", (c, s) -> c.head(s, 0, OK)),
        deed("an interim answer", (c, s) -> c.head(s, 0, ":status", "103")),
        deed("a pseudo-field behind", (c, s) -> c.head(s, END_STREAM, ":status", "200")),
        deed("an upper case behind", (c, s) -> c.head(s, END_STREAM, "X-A", "b")),
        deed("a connection behind", (c, s) -> c.head(s, END_STREAM, "connection", "close")),
        deed("a new line behind", (c, s) -> c.head(s, END_STREAM, "x-a", "b\r\nc: d")),
        deed("more trailers than allowed", (c, s) -> c.head(s, END_STREAM, many(10))),
        deed("empty data", (c, s) -> flood(i -> c.data(s, 0, new byte[0]))),
        deed("priorities", (c, s) -> flood(i -> c.frame(2, 0, s, new byte[] {0, 0, 0, 0, 9}))),
        deed("more than the window", (c, s) -> flood(i -> c.data(s, 0, new byte[16_384]))),
        deed("too large a frame", (c, s) -> c.data(s, 0, new byte[20_000])),
        deed(
            "a window that overflows",
            (c, s) -> c.frame(Http2Wire.WINDOW_UPDATE, 0, s, new byte[] {127, -1, -1, -1})));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void aBodyThatBreaksOffIsNeverWhole(Deed deed) throws IOException {
    play(
        (connection, stream) -> {
          Calls.begin(connection, stream);
          connection.data(stream, 0, "abc".getBytes(US_ASCII));
          deed.to(connection, stream);
        },
        answer -> {
          assertThat(answer.status()).isEqualTo("200");
          assertThat(answer.error).as("the stream is reset").isPositive();
        });
  }

  @ParameterizedTest
  @CsvSource({"5, hell", "5, hello world", "0, x"})
  void aBodyUnlikeItsLengthIsNeverWhole(String length, String body) throws IOException {
    play(
        (connection, stream) -> {
          connection.head(stream, 0, ":status", "200", "content-length", length);
          connection.data(stream, END_STREAM, body.getBytes(US_ASCII));
        },
        answer -> assertThat(answer.error).isPositive());
  }

  @ParameterizedTest
  @CsvSource({"204", "304"})
  void whatHasNoBodyTakesNone(String status) throws IOException {
    play(
        (connection, stream) -> {
          connection.head(stream, 0, ":status", status);
          connection.data(stream, END_STREAM, "x".getBytes(US_ASCII));
        },
        answer -> {
          assertThat(answer.status()).isEqualTo(status);
          assertThat(answer.text()).isEmpty();
        });
  }

  private static Named<Deed> deed(String name, Deed deed) {
    return Named.of(name, deed);
  }

  private static byte[] error(int code) {
    return new byte[] {0, 0, 0, (byte) code};
  }

  private static byte[] promise() {
    byte[] request =
        Http2Wire.block(
            ":method", "GET", ":scheme", "https", ":authority", Calls.HOST, ":path", "/pushed");
    byte[] whole = Arrays.copyOf(new byte[] {0, 0, 0, 2}, 4 + request.length);
    System.arraycopy(request, 0, whole, 4, request.length);
    return whole;
  }

  private static String[] many(int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .flatMap(i -> List.of("x-" + i, "v".repeat(8000)).stream())
        .toArray(String[]::new);
  }

  private static void large(Http2Answers.Connection connection, int stream) throws IOException {
    byte[] status = Http2Wire.block(OK);
    byte[] block = Http2Wire.block(many(9));
    connection.frame(Http2Wire.HEADERS, END_STREAM, stream, status);
    for (int from = 0; from < block.length; from += 16_000) {
      int to = Math.min(block.length, from + 16_000);
      connection.frame(
          Http2Wire.CONTINUATION,
          to == block.length ? END_HEADERS : 0,
          stream,
          Arrays.copyOfRange(block, from, to));
    }
  }

  private interface Sending {
    void send(int i) throws IOException;
  }

  /** Sends until the gateway has closed. */
  private static void flood(Sending sending) throws IOException {
    for (int i = 0; i < FLOOD; i++) {
      sending.send(i);
    }
  }
}
