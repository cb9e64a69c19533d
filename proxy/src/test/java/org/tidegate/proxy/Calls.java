package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.proxy.Http2Client.END_HEADERS;
import static org.tidegate.proxy.Http2Client.END_STREAM;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** Calls of gRPC by one client through a gateway of its own, frame by frame. */
final class Calls implements AutoCloseable {
  static final String HOST = "calls.example";

  final InspectedGateway inspected;
  final Http2Client client;

  /** Has every name lead to one origin. */
  Calls(InetSocketAddress origin, UnaryOperator<GatewayConfig.Builder> more) throws IOException {
    inspected =
        InspectedGateway.start(
            origin, ListedFilter.of(HOST + "/t.Listed/"), UnaryOperator.identity(), more);
    client = Http2Client.open(inspected, HOST);
  }

  int ask(int flags, String method, String path, String type) throws IOException {
    List<String> fields =
        List.of(
            ":method",
            method,
            ":scheme",
            "https",
            ":authority",
            HOST,
            ":path",
            path,
            "content-type",
            type,
            "te",
            "trailers",
            "user-agent",
            "a");
    return client.headers(flags | END_HEADERS, fields.toArray(String[]::new));
  }

  /** A call whose question is open still. */
  int open() throws IOException {
    return ask(0, "POST", "/t.Calls/Echo", "application/grpc");
  }

  int call() throws IOException {
    return ask(END_STREAM, "POST", "/t.Calls/Echo", "application/grpc");
  }

  static void begin(Http2Answers.Connection connection, int stream) throws IOException {
    connection.head(stream, 0, ":status", "200", "content-type", "application/grpc");
  }

  static void end(Http2Answers.Connection connection, int stream) throws IOException {
    connection.head(stream, END_STREAM, "grpc-status", "0");
  }

  static void answer(Http2Answers.Connection connection, int stream) throws IOException {
    begin(connection, stream);
    connection.data(stream, 0, "hello".getBytes(US_ASCII));
    end(connection, stream);
  }

  static void serveAll(Http2Answers.Connection connection) throws IOException {
    while (true) {
      int stream = connection.next().stream();
      connection.body();
      answer(connection, stream);
    }
  }

  void assertServed(int stream) throws IOException {
    Http2Client.Answer answer = client.await(stream);
    assertThat(answer.status()).isEqualTo("200");
    assertThat(answer.text()).isEqualTo("hello");
    assertThat(answer.fields).containsEntry("grpc-status", "0");
    assertThat(answer.error).isEqualTo(-1);
  }

  @Override
  public void close() throws IOException {
    client.close();
    inspected.close();
  }
}
