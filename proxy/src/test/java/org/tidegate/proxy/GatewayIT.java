package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.exchange.Limits;

/** What passes, passes unharmed: requests out and answers back, byte for byte and in order. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
@ParameterizedClass
@EnumSource(Door.class)
class GatewayIT {
  private final Door door;
  private ScriptedOrigin origin;
  private OpenDoor open;

  GatewayIT(Door door) {
    this.door = door;
  }

  private void start(ScriptedOrigin.Script script) throws IOException {
    start(script, Limits.DEFAULT);
  }

  private void start(ScriptedOrigin.Script script, Limits limits) throws IOException {
    origin = new ScriptedOrigin(script);
    UrlFilter passing = new UrlFilter(Policy.everyList(FailurePolicy.PASS));
    open = door.open(DoorSetup.of(origin.address(), passing).limits(limits));
  }

  private static ScriptedOrigin.Script always(String response) {
    return (head, in, out) -> {
      out.write(response.getBytes(ISO_8859_1));
      return true;
    };
  }

  private static String get(String url, String... fields) {
    String host = url.replaceFirst("^http://([^/?#]*).*", "$1");
    return "GET "
        + url
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n"
        + Arrays.stream(fields).map(f -> f + "\r\n").reduce("", String::concat)
        + "\r\n";
  }

  @AfterEach
  void stop() throws IOException {
    if (open != null) {
      open.close();
    }
    origin.close();
  }

  @Test
  void targetAndFieldsGoOutByteForByte() throws IOException {
    start(always(ScriptedOrigin.ok("hello")));
    String path = "/a//b/../%7Euser/%2e?x=%41&y=\"<>{}|^`\u00fc#frag";
    String answer =
        open.exchange(
            get(
                    "http://u:p@Site.EXAMPLE.:80" + path,
                    "X-Odd:   spaced  ",
                    "Connection: close, X-Hop",
                    "X-Hop: 1",
                    "Proxy-Authorization: secret",
                    "Keep-Alive: 5")
                .replace("Host: u:p@", "Host: "));
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
    String host = door == Door.INSPECTED ? "site.example:80" : "site.example"; // TLS implies 443
    assertThat(origin.heads)
        .containsExactly(
            "GET /a//b/../%7Euser/%2e?x=%41&y=\"<>{}|^`\u00fc HTTP/1.1\r\n"
                + "Host: "
                + host
                + "\r\nX-Odd: spaced\r\n\r\n");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrderOnOneUpstreamConnection() throws IOException {
    start(
        (head, in, out) -> {
          String path = head.split(" ")[1];
          out.write(ScriptedOrigin.ok(path).getBytes(ISO_8859_1));
          return true;
        });
    try (RawClient client = open.client()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append(get("http://a.example/" + i));
      }
      client.send(requests.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.readResponse()).endsWith("\r\n\r\n/" + i);
      }
    }
    assertThat(origin.connections).hasValue(1);
  }

  @Test
  void headIsFollowedByGetOnTheSameConnection() throws IOException {
    start(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes(ISO_8859_1));
          if (!head.startsWith("HEAD")) {
            out.write("12345".getBytes(ISO_8859_1));
          }
          return true;
        });
    try (RawClient client = open.client()) {
      client.send(get("http://a.example/").replace("GET", "HEAD") + get("http://a.example/"));
      assertThat(client.readTo("\r\n\r\n")).contains("Content-Length: 5");
      assertThat(client.readResponse()).endsWith("\r\n\r\n12345");
    }
  }

  @Test
  void aLargeUploadAndDownloadKeepEveryByte() throws Exception {
    byte[] body = new byte[8 << 20];
    new Random(1).nextBytes(body);
    start(
        (head, in, out) -> {
          byte[] got = in.readNBytes(body.length);
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + got.length + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
          out.write(got);
          return true;
        });
    try (RawClient client = open.client()) {
      client.send(
          "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: "
              + body.length
              + "\r\n\r\n");
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(body);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sender.start();
      client.readTo("\r\n\r\n");
      assertThat(client.readBytes(body.length)).isEqualTo(body);
      sender.join();
    }
  }

  @Test
  void chunksAndTrailersPassBothWays() throws IOException {
    start(
        (head, in, out) -> {
          byte[] got = in.readNBytes("5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n".length());
          assertThat(new String(got, ISO_8859_1)).isEqualTo("5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n");
          out.write(
              ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + "3;x=y\r\nabc\r\n0\r\nX-U: 2\r\n\r\n")
                  .getBytes(ISO_8859_1));
          return true;
        });
    try (RawClient client = open.client()) {
      client.send(
          "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).containsIgnoringCase("Transfer-Encoding: chunked");
      assertThat(client.readTo("\r\n\r\n")).isEqualTo("3\r\nabc\r\n0\r\nX-U: 2\r\n\r\n");
    }
  }

  @Test
  void manyChunksReachASlowReaderWhole() throws Exception {
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    start(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
          for (int i = 0; i < 4000; i++) {
            out.write(chunk.getBytes(ISO_8859_1));
          }
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
          return true;
        });
    try (RawClient client = open.client()) {
      client.send(get("http://a.example/", "Connection: close"));
      String answer = client.readAll();
      assertThat(answer).endsWith("\r\n0\r\n\r\n");
      assertThat(answer.chars().filter(c -> c == 'x').count()).isEqualTo(4000L * 4096);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_500_000, 3_600_000})
  void anOriginThatClosesDoesNotCutWhatASlowReaderStillHasToGet(int size) throws Exception {
    for (boolean chunked : new boolean[] {false, true}) {
      CountDownLatch closed = new CountDownLatch(1);
      String framing =
          chunked
              ? "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(size) + "\r\n"
              : "Content-Length: " + size + "\r\n\r\n";
      start(
          (head, in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n" + framing).getBytes(ISO_8859_1));
            out.write(new byte[size]);
            out.write((chunked ? "\r\n0\r\n\r\n" : "").getBytes(ISO_8859_1));
            closed.countDown();
            return false;
          });
      try (RawClient client = open.client()) {
        client.socket().setReceiveBufferSize(64 * 1024);
        client.send(get("http://a.example/", "Connection: close"));
        boolean closedEarly = closed.await(1, TimeUnit.SECONDS);
        String answer = client.readAll();
        assertThat(answer.chars().filter(c -> c == 0).count())
            .describedAs("closed before the client read: " + closedEarly)
            .isEqualTo(size);
      }
      stop();
    }
  }

  @Test
  void anAnswersHeadThatTricklesInIsNotAwaitedForEver() throws IOException {
    Limits limits =
        new Limits(
            8192,
            8192,
            seconds(10),
            seconds(10),
            seconds(10),
            seconds(1),
            seconds(10),
            0,
            seconds(100),
            seconds(10),
            seconds(10),
            seconds(10));
    start(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
          for (int i = 0; i < 100; i++) {
            out.write('x');
            out.flush();
            Thread.sleep(100); // the trickle itself
          }
          return false;
        },
        limits);
    assertThat(open.exchange(get("http://a.example/", "Connection: close")))
        .startsWith("HTTP/1.1 504 ");
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  @Test
  void splashPagesWaitForAReaderAndComeInOrder() throws Exception {
    origin = ScriptedOrigin.answering(ScriptedOrigin.ok("x"));
    open = door.open(DoorSetup.of(origin.address(), new UrlFilter()));
    try (RawClient client = open.client()) {
      int count = 2_000;
      Thread sender =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < count; i++) {
                    client.send(get("http://a.example/"));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sender.start();
      for (int i = 0; i < count; i++) {
        assertThat(client.readResponse()).startsWith("HTTP/1.1 503 ");
      }
      sender.join();
    }
    assertThat(origin.heads).isEmpty();
  }

  @Test
  void interimAnswersAndContinuePass() throws IOException {
    start(
        (head, in, out) -> {
          assertThat(head).contains("Expect: 100-continue");
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
          out.flush();
          in.readNBytes(4);
          out.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".getBytes(ISO_8859_1));
          out.write(ScriptedOrigin.ok("done").getBytes(ISO_8859_1));
          return true;
        });
    try (RawClient client = open.client()) {
      client.send(
          "PUT http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      client.send("data");
      assertThat(client.readTo("\r\n\r\n")).contains("103").contains("Link: </a>");
      assertThat(client.readResponse()).endsWith("done");
    }
  }

  @Test
  void aBodyThatEndsWithItsConnectionIsChunked() throws IOException {
    start(
        (head, in, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\nall of it".getBytes(ISO_8859_1));
          return false;
        });
    try (RawClient client = open.client()) {
      client.send(get("http://a.example/"));
      assertThat(client.readTo("\r\n\r\n")).containsIgnoringCase("Transfer-Encoding: chunked");
      assertThat(client.readTo("0\r\n\r\n")).isEqualTo("9\r\nall of it\r\n0\r\n\r\n");
    }
  }

  @Test
  void aCutBodyNeverLooksWhole() throws IOException {
    start(
        (head, in, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel".getBytes(ISO_8859_1));
          return false;
        });
    try (RawClient client = open.client()) {
      client.send(get("http://a.example/"));
      String got;
      try {
        got = client.readAll();
      } catch (IOException e) {
        got = ""; // a reset says it plainly
      }
      assertThat(got).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void aWebSocketBecomesATunnel() throws IOException {
    start(
        (head, in, out) -> {
          assertThat(head).contains("Connection: upgrade").contains("Upgrade: websocket");
          out.write(
              ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                      + "Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nearly")
                  .getBytes(ISO_8859_1));
          out.flush();
          out.write(in.readNBytes(4));
          return false;
        });
    try (RawClient client = open.client()) {
      client.send(get("http://a.example/ws", "Connection: Upgrade", "Upgrade: websocket"));
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
      client.send("ping");
      assertThat(client.readAll()).isEqualTo("earlyping");
    }
  }

  @Test
  void noRequestWaitsForAnotherClientsSlowOrigin() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    start(
        (head, in, out) -> {
          if (head.contains("/slow")) {
            never.await();
          }
          out.write(ScriptedOrigin.ok("fast").getBytes(ISO_8859_1));
          return true;
        });
    RawClient[] slow = new RawClient[20];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = open.client();
      slow[i].send(get("http://a.example/slow"));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(open.exchange(get("http://a.example/", "Connection: close"))).endsWith("fast");
    }
    for (RawClient client : slow) {
      client.close();
    }
    never.countDown();
  }

  @Test
  void aStaleConnectionIsReplacedUnseen() throws IOException {
    start(
        (head, in, out) -> {
          out.write(ScriptedOrigin.ok("x").getBytes(ISO_8859_1));
          return !head.contains("/last");
        });
    try (RawClient client = open.client()) {
      for (int i = 0; i < 20; i++) {
        client.send(get("http://a.example/last"));
        assertThat(client.readResponse()).endsWith("x");
      }
    }
  }

  @Test
  void addressesOfTheMachineAreRefused() throws IOException {
    start(always(ScriptedOrigin.ok("never")));
    String answer = open.exchange(get("http://127.0.0.1:1/", "Connection: close"));
    int status = door.lacks(Lack.REASON_OF_A_FAILED_DIAL) ? 502 : 403;
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(origin.heads).isEmpty();
  }

  @Test
  void clearHttpInsideAConnectIsGatedToo() throws IOException {
    start(always(ScriptedOrigin.ok("inside")));
    door.needs(Lack.FORMS_OF_A_PROXY);
    try (RawClient client = open.client()) {
      client.send("CONNECT a.example:80 HTTP/1.1\r\nHost: a.example:80\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      client.send("GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n");
      assertThat(client.readResponse()).endsWith("inside");
      client.send("GET /x HTTP/1.1\r\nHost: b.example\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(origin.heads).containsExactly("GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n");
    assertThat(origin.connections).hasValue(1);
  }

  @Test
  void whatIsNeitherTlsNorHttpIsClosed() throws IOException {
    start(always(ScriptedOrigin.ok("never")));
    door.needs(Lack.FORMS_OF_A_PROXY);
    try (RawClient client = open.client()) {
      client.send("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");
      client.readTo("\r\n\r\n");
      client.send("SSH-2.0-x\r\n");
      assertThat(client.readAll()).isEmpty();
    }
    assertThat(origin.heads).isEmpty();
  }
}
