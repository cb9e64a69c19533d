package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidegate.proxy.Http2Client.END_STREAM;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.upstream.ParentProxy;

/** HTTP/2 to origins: for calls of gRPC only, one at a time on a connection. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class Http2OriginIT {
  private static final byte[] NO_ERROR = {0, 0, 0, 0};
  private static final byte[] REFUSED = {0, 0, 0, 7};

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Calls calls;
  private Http2Client client;

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private Http2Answers start(Http2Answers.Script script) throws IOException {
    Http2Answers origin = new Http2Answers(script);
    opened.push(origin);
    open(origin.address(), UnaryOperator.identity());
    return origin;
  }

  private void open(InetSocketAddress to, UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    calls = new Calls(to, more);
    opened.push(calls);
    client = calls.client;
  }

  @Test
  void callsGoOutInHttp2OneAfterTheOtherOnOneConnection() throws IOException {
    Http2Answers answers = start(Calls::serveAll);
    List<String> types =
        List.of(
            "application/grpc",
            "application/grpc+proto",
            "application/grpc;x=y",
            "application/grpc ; x=y",
            "Application/GRPC");
    for (String type : types) {
      int stream = calls.ask(0, "POST", "/t.Calls/Echo", type);
      client.frame(Http2Client.DATA, END_STREAM, stream, "question".getBytes(US_ASCII));
      calls.assertServed(stream);
    }
    assertThat(answers.connections()).isEqualTo(1);
    assertThat(answers.front.agreed).containsExactly("h2");
    assertThat(answers.asked).hasSize(5);
    assertThat(answers.asked.get(0).fields())
        .containsEntry(":method", "POST")
        .containsEntry(":scheme", "https")
        .containsEntry(":authority", Calls.HOST)
        .containsEntry(":path", "/t.Calls/Echo")
        .containsEntry("te", "trailers")
        .containsEntry("user-agent", "a")
        .doesNotContainKeys("host", "transfer-encoding", "connection");
    assertThat(answers.resets).isEmpty();
  }

  @Test
  void callsAtOnceHaveAConnectionEach() throws IOException {
    List<Integer> streams = new ArrayList<>();
    AtomicBoolean all = new AtomicBoolean();
    Http2Answers answers =
        start(
            connection -> {
              int stream = connection.next().stream();
              await().untilTrue(all);
              Calls.answer(connection, stream);
              connection.rest();
            });
    for (int i = 0; i < 5; i++) {
      streams.add(calls.call());
    }
    await().until(() -> answers.asked.size() == 5);
    all.set(true);
    for (int stream : streams) {
      calls.assertServed(stream);
    }
    assertThat(answers.connections()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc-web",
        "application/grpc-web+proto",
        "application/grpcx",
        "text/plain",
        "x application/grpc",
      })
  void everythingElseGoesOutInHttp1(String type) throws IOException {
    try (StrictOrigin strict = new StrictOrigin();
        TlsFront front =
            new TlsFront(strict.origin.address(), InspectedGateway::valid, "h2", "http/1.1")) {
      open(front.address(), UnaryOperator.identity());
      assertThat(client.await(calls.ask(END_STREAM, "POST", "/t.Calls/Echo", type)).status())
          .isEqualTo("200");
      assertThat(front.agreed).containsExactly("");
      assertThat(strict.offences).isEmpty();
    }
  }

  @Test
  void anOriginThatKnowsNoHttp2GetsTheCallInHttp1() throws IOException {
    try (StrictOrigin strict = new StrictOrigin();
        TlsFront front = new TlsFront(strict.origin.address(), InspectedGateway::valid)) {
      open(front.address(), UnaryOperator.identity());
      for (int i = 0; i < 2; i++) {
        assertThat(client.await(calls.call()).text()).isEqualTo("/t.Calls/Echo");
      }
      assertThat(strict.received).hasSize(2);
      assertThat(strict.offences).isEmpty();
      assertThat(front.agreed).as("a POST goes out on a new connection").hasSize(2);
    }
  }

  @Test
  void aListedCallIsAnsweredWithoutItsOrigin() throws IOException {
    Http2Answers answers = start(Calls::serveAll);
    int stream = calls.ask(END_STREAM, "POST", "/t.Listed/Echo", "application/grpc");
    assertThat(client.await(stream).status()).isEqualTo("403");
    assertThat(answers.connections()).isZero();
  }

  @Test
  void callsPassAParentsTunnel() throws IOException {
    Http2Answers origin = new Http2Answers(Calls::serveAll);
    opened.push(origin);
    try (Gateway parent =
        TestGateway.start(
            origin.address(),
            ListedFilter.of("domain.example"),
            b -> b.anyConnectPort().drain(Duration.ZERO))) {
      open(
          parent.address(),
          b -> b.parent(new ParentProxy("127.0.0.1", parent.address().getPort())));
      calls.assertServed(calls.call());
      calls.assertServed(calls.call());
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @Test
  void trailersAloneAreAHeadThatEndsTheStream() throws IOException {
    start(
        connection ->
            connection.head(
                connection.next().stream(),
                END_STREAM,
                ":status",
                "200",
                "content-type",
                "application/grpc",
                "grpc-status",
                "5"));
    Http2Client.Answer answer = client.await(calls.call());
    assertThat(answer.fields).containsEntry("grpc-status", "5");
    assertThat(answer.heads).isEqualTo(1);
    assertThat(answer.error).isEqualTo(-1);
  }

  @Test
  void aClientThatGivesUpResetsTheOriginsStream() throws IOException {
    Http2Answers answers =
        start(
            connection -> {
              connection.next();
              connection.rest();
            });
    int stream = calls.open();
    await().until(() -> answers.asked.size() == 1);
    client.frame(Http2Client.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    await().until(() -> answers.ended.get() == 1);
    assertThat(answers.resets).containsExactly(8);
  }

  /** A complete answer may come before the question has; the rest of that is not wanted. */
  @Test
  void anEarlyAnswerPassesThoughTheOriginResetsTheRest() throws IOException {
    start(
        connection -> {
          int stream = connection.next().stream();
          Calls.answer(connection, stream);
          connection.frame(Http2Wire.RST_STREAM, 0, stream, NO_ERROR);
          connection.rest();
        });
    calls.assertServed(calls.open());
  }

  @Test
  void aStreamOfTheOriginsIsRefused() throws IOException {
    Http2Answers answers =
        start(
            connection -> {
              int stream = connection.next().stream();
              connection.head(2, 0, ":status", "200");
              while (connection.read().type() != Http2Wire.RST_STREAM) {
                // what is no refusal
              }
              Calls.answer(connection, stream);
              connection.rest();
            });
    calls.assertServed(calls.call());
    assertThat(answers.resets).containsExactly(7);
  }

  @Test
  void anIdleConnectionThatLeavesIsNotUsedAgain() throws IOException {
    AtomicBoolean leaves = new AtomicBoolean();
    Http2Answers answers =
        start(
            connection -> {
              Calls.answer(connection, connection.next().stream());
              await().untilTrue(leaves);
              connection.leave(1);
              connection.rest();
            });
    calls.assertServed(calls.call());
    leaves.set(true);
    await().until(() -> answers.ended.get() == 1);
    calls.assertServed(calls.call());
    assertThat(answers.connections()).isEqualTo(2);
  }

  /** It serves what it has begun, and takes nothing more. */
  @Test
  void aConnectionThatLeavesDuringACallEndsWithIt() throws IOException {
    Http2Answers answers =
        start(
            connection -> {
              int stream = connection.next().stream();
              Calls.begin(connection, stream);
              connection.leave(stream);
              connection.data(stream, 0, "hello".getBytes(US_ASCII));
              Calls.end(connection, stream);
              connection.rest();
            });
    calls.assertServed(calls.call());
    calls.assertServed(calls.call());
    assertThat(answers.connections()).isEqualTo(2);
  }

  /** The second request on a connection meets its end: repeated where that does no harm. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatALeavingOriginDidNotServeIsRepeatedIfItMayBe(boolean byGoAway) throws IOException {
    Http2Answers answers =
        start(
            connection -> {
              Calls.answer(connection, connection.next().stream());
              int second = connection.next().stream();
              if (byGoAway) {
                connection.leave(1);
              } else {
                connection.frame(Http2Wire.RST_STREAM, 0, second, REFUSED);
              }
              connection.rest();
            });
    calls.assertServed(calls.call());
    calls.assertServed(calls.ask(END_STREAM, "GET", "/t.Calls/Echo", "application/grpc"));
    assertThat(answers.connections()).isEqualTo(2);
    assertThat(client.await(calls.call()).status()).as("a POST is not repeated").isEqualTo("502");
    calls.assertServed(calls.call());
  }

  @Test
  void aCertificateIsVerifiedAsEver() throws IOException {
    try (ByteOrigin none = new ByteOrigin((socket, in, out) -> {});
        TlsFront front =
            new TlsFront(
                none.address(),
                host -> InspectedGateway.valid("other.example"),
                "h2",
                "http/1.1")) {
      open(front.address(), UnaryOperator.identity());
      Http2Client.Answer answer = client.await(calls.call());
      assertThat(answer.status()).isEqualTo("502");
      assertThat(answer.text()).contains("issued for another name");
    }
  }
}
