package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.proxy.Http2Client.END_HEADERS;
import static org.tidegate.proxy.Http2Client.END_STREAM;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.UrlFilter;

/**
 * HTTP/2 inside inspected TLS: every stream is judged, and comes out as one request of HTTP/1.1.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class Http2IT {
  private static final String HOST = "page.example";

  private StrictOrigin origin;
  private TlsFront front;
  private InspectedGateway inspected;

  @BeforeEach
  void start() throws IOException {
    UrlFilter filter = ListedFilter.of("domain.example", "page.example/listed.html");
    origin = new StrictOrigin();
    front = new TlsFront(origin.origin.address(), InspectedGateway::valid);
    inspected = InspectedGateway.start(front.address(), filter);
  }

  @AfterEach
  void stop() throws IOException {
    inspected.close();
    front.close();
    origin.close();
  }

  private static String[] post(String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "POST", ":scheme", "https", ":authority", HOST, ":path", "/form"));
    fields.addAll(List.of(more));
    return fields.toArray(String[]::new);
  }

  @Test
  void streamsAreJudgedEach() throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      int passes = client.get(HOST, "/a?b=%41");
      int listed = client.get(HOST, "/x/../%6cisted.html");
      int again = client.get(HOST + ":443", "/c");
      assertThat(client.await(passes).status()).isEqualTo("200");
      assertThat(client.await(passes).text()).isEqualTo("/a?b=%41");
      assertThat(client.await(listed).status()).isEqualTo("403");
      assertThat(client.await(listed).text()).contains("<html");
      assertThat(client.await(listed).fields).doesNotContainKey("connection");
      assertThat(client.await(again).status()).isEqualTo("200");
    }
    assertThat(origin.received)
        .extracting(StrictOrigin.Received::path)
        .containsExactlyInAnyOrder("/a?b=%41", "/c");
    assertThat(origin.offences).isEmpty();
  }

  @Test
  void aListedHostIsAnsweredForAlsoIfItIsDead() throws IOException {
    front.close();
    try (Http2Client client = Http2Client.open(inspected, "www.domain.example")) {
      int stream = client.get("www.domain.example", "/");
      assertThat(client.await(stream).status()).isEqualTo("403");
    }
  }

  @Test
  void headHasNoBody() throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      int stream =
          client.headers(
              END_HEADERS | END_STREAM,
              ":method",
              "HEAD",
              ":scheme",
              "https",
              ":authority",
              HOST,
              ":path",
              "/h");
      assertThat(client.await(stream).status()).isEqualTo("200");
      assertThat(client.await(stream).text()).isEmpty();
      assertThat(client.await(stream).fields).containsEntry("content-length", "2");
    }
  }

  @Test
  void bodiesGoOutInTheFramingThatTheirHeadStates() throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      int stated = client.headers(END_HEADERS, post("content-length", "5"));
      client.frame(Http2Client.DATA, 0, stated, "he".getBytes(ISO_8859_1));
      client.frame(Http2Client.DATA, END_STREAM, stated, "llo".getBytes(ISO_8859_1));
      assertThat(client.await(stated).status()).isEqualTo("200");
      int open = client.headers(END_HEADERS, post());
      client.frame(Http2Client.DATA, 0, open, "wor".getBytes(ISO_8859_1));
      client.frame(Http2Client.DATA, 0, open, "ld".getBytes(ISO_8859_1));
      client.frame(
          Http2Client.HEADERS, END_HEADERS | END_STREAM, open, Http2Client.block("x-sum", "1"));
      assertThat(client.await(open).status()).isEqualTo("200");
      int none = client.headers(END_HEADERS | END_STREAM, post());
      assertThat(client.await(none).status()).isEqualTo("200");
    }
    assertThat(origin.received)
        .extracting(StrictOrigin.Received::body)
        .containsExactly("hello", "world|x-sum: 1", "");
    assertThat(StrictOrigin.values(origin.received.get(2).head(), "content-length"))
        .containsExactly("0");
    assertThat(origin.offences).isEmpty();
  }

  @Test
  void cookiesAreOneFieldAgain() throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      client.await(
          client.headers(
              END_HEADERS | END_STREAM,
              post("cookie", "a=1", "x-other", "y", "cookie", "b=2", "te", "trailers")));
    }
    String head = origin.received.get(0).head();
    assertThat(StrictOrigin.values(head, "cookie")).containsExactly("a=1; b=2");
    assertThat(StrictOrigin.values(head, "te")).isEmpty();
  }

  /** Each is malformed (RFC 9113 §8) or none of the gate's; in quotes what Java would unescape. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no method | :scheme https :authority page.example :path /",
        "no scheme | :method GET :authority page.example :path /",
        "no path | :method GET :scheme https :authority page.example",
        "no authority | :method GET :scheme https :path /",
        "two methods | :method GET :method GET :scheme https :authority page.example :path /",
        "two paths | :method GET :scheme https :authority page.example :path / :path /b",
        "two authorities | :method GET :scheme https :authority page.example :authority"
            + " page.example :path /",
        "two hosts | :method GET :scheme https :authority page.example :path / host page.example"
            + " host page.example",
        "other host | :method GET :scheme https :authority page.example :path / host other.example",
        "other authority | :method GET :scheme https :authority other.example :path /",
        "userinfo | :method GET :scheme https :authority a@page.example :path /",
        "path in authority | :method GET :scheme https :authority page.example/x :path /",
        "clear scheme | :method GET :scheme http :authority page.example :path /",
        "unknown pseudo | :method GET :scheme https :authority page.example :path / :x y",
        "status | :method GET :scheme https :authority page.example :path / :status 200",
        "protocol | :method CONNECT :protocol websocket :scheme https :authority page.example :path"
            + " /",
        "connect | :method CONNECT :authority page.example:443",
        "pseudo last | :method GET :scheme https :authority page.example x-a b :path /",
        "upper case | :method GET :scheme https :authority page.example :path / X-A b",
        "connection | :method GET :scheme https :authority page.example :path / connection close",
        "keep-alive | :method GET :scheme https :authority page.example :path / keep-alive 5",
        "proxy-connection | :method GET :scheme https :authority page.example :path /"
            + " proxy-connection x",
        "transfer-encoding | :method POST :scheme https :authority page.example :path /"
            + " transfer-encoding chunked",
        "upgrade | :method GET :scheme https :authority page.example :path / upgrade h2c",
        "te | :method GET :scheme https :authority page.example :path / te gzip",
        "space in method | :method GET%20/x%20HTTP/1.1%0D%0AHost: :scheme https :authority"
            + " page.example :path /",
        "space in path | :method GET :scheme https :authority page.example :path /a%20b",
        "new line in path | :method GET :scheme https :authority page.example :path"
            + " /%20HTTP/1.1%0D%0Ax:y",
        "NUL in path | :method GET :scheme https :authority page.example :path /%00",
        "star | :method GET :scheme https :authority page.example :path *",
        "absolute path | :method GET :scheme https :authority page.example :path"
            + " https://page.example/",
        "new line in authority | :method GET :scheme https :authority page.example%0D%0AX:y :path"
            + " /",
        "new line in value | :method GET :scheme https :authority page.example :path / x-a"
            + " b%0D%0Ac:d",
        "line feed in value | :method GET :scheme https :authority page.example :path / x-a"
            + " b%0Ac:d",
        "NUL in value | :method GET :scheme https :authority page.example :path / x-a b%00",
        "colon in name | :method GET :scheme https :authority page.example :path / x:a b",
        "space in name | :method GET :scheme https :authority page.example :path / x%20a b",
        "new line in name | :method GET :scheme https :authority page.example :path / x%0D%0Aa b",
        "empty name | :method GET :scheme https :authority page.example :path / %20% b",
        "length without body | :method POST :scheme https :authority page.example :path /"
            + " content-length 5",
        "two lengths | :method POST :scheme https :authority page.example :path / content-length 0"
            + " content-length 1",
        "odd length | :method POST :scheme https :authority page.example :path / content-length +0",
      })
  void whatIsMalformedReachesNobody(String what, String fields) throws IOException {
    String[] words = fields.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] =
          words[i]
              .replace("%20%", "")
              .replace("%20", " ")
              .replace("%0D", "\r")
              .replace("%0A", "\n")
              .replace("%00", "\0");
    }
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      Http2Client.Answer answer = client.await(client.headers(END_HEADERS | END_STREAM, words));
      assertThat(answer.status()).as(what).isIn("", "400");
    }
    assertThat(origin.received).isEmpty();
    assertThat(origin.offences).isEmpty();
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      assertThat(client.await(client.get(HOST, "/after")).status()).isEqualTo("200");
    }
  }

  @ParameterizedTest
  @CsvSource({"5, hell", "5, hello and GET /smuggled", "0, x"})
  void aBodyUnlikeItsLengthIsNotARequest(String length, String body) throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      int stream = client.headers(END_HEADERS, post("content-length", length));
      client.frame(Http2Client.DATA, END_STREAM, stream, body.getBytes(ISO_8859_1));
      assertThat(client.await(stream).status()).isIn("", "400");
    }
    assertThat(origin.received).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({":path, /x", "transfer-encoding, chunked", "X-A, b", "x-a, b%c", "x a, b"})
  void malformedTrailersEndTheirRequest(String name, String value) throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      int stream = client.headers(END_HEADERS, post());
      client.frame(Http2Client.DATA, 0, stream, "abc".getBytes(ISO_8859_1));
      client.frame(
          Http2Client.HEADERS,
          END_HEADERS | END_STREAM,
          stream,
          Http2Client.block(name, value.replace("%", "\r\n")));
      assertThat(client.await(stream).status()).isIn("", "400");
    }
    assertThat(origin.received).isEmpty();
  }

  @Test
  void largeBodiesPassByteForByteBothWays() throws Exception {
    byte[] bytes = new byte[3 << 20];
    new SplittableRandom(7).nextBytes(bytes);
    front.close();
    try (ScriptedOrigin echo =
        new ScriptedOrigin(
            (head, in, out) -> {
              byte[] body = in.readNBytes(bytes.length);
              out.write(
                  ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                      .getBytes(ISO_8859_1));
              out.write(body);
              return true;
            })) {
      front = new TlsFront(echo.address(), InspectedGateway::valid);
      inspected.close();
      inspected = InspectedGateway.start(front.address(), ListedFilter.of("domain.example"));
      String curl = Peer.directory("h2").toString();
      java.nio.file.Path body = java.nio.file.Path.of(curl, "body");
      java.nio.file.Files.write(body, bytes);
      java.nio.file.Path back = java.nio.file.Path.of(curl, "back");
      String printed =
          Peer.run(
              java.nio.file.Path.of(curl),
              "curl",
              "-sk",
              "--http2",
              "-x",
              "http://127.0.0.1:" + inspected.gateway.address().getPort(),
              "--data-binary",
              "@" + body,
              "-o",
              back.toString(),
              "-w",
              "%{http_version} %{http_code}",
              "https://site.example/echo");
      assertThat(printed).isEqualTo("2 200");
      assertThat(java.nio.file.Files.readAllBytes(back)).isEqualTo(bytes);
    }
  }

  @Test
  void aDrainingGatewayEndsItsStreamsFirst() throws IOException {
    try (Http2Client client = Http2Client.open(inspected, HOST)) {
      assertThat(client.await(client.get(HOST, "/a")).status()).isEqualTo("200");
      inspected.close();
      assertThat(client.awaitEnd()).isZero();
    }
    inspected =
        InspectedGateway.start(
            front.address(),
            ListedFilter.of("domain.example"),
            UnaryOperator.identity(),
            UnaryOperator.identity());
  }
}
