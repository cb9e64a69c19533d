package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.proxy.Http2Client.END_HEADERS;
import static org.tidegate.proxy.Http2Client.END_STREAM;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of HTTP/2 that want to keep the gateway busy are cut off; others notice nothing. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class Http2FloodIT {
  private static final String HOST = "page.example";
  private static final int PROTOCOL_ERROR = 1;
  private static final int FLOW_CONTROL_ERROR = 3;
  private static final int FRAME_SIZE_ERROR = 6;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;
  private static final int FLOOD = 5000;

  private final CountDownLatch released = new CountDownLatch(1);
  private ScriptedOrigin origin;
  private TlsFront front;
  private InspectedGateway inspected;
  private Http2Client client;
  private Http2Client neighbour;

  @BeforeEach
  void start() throws IOException {
    origin =
        new ScriptedOrigin(
            (head, in, out) -> {
              if (head.startsWith("GET /slow")) {
                released.await();
              }
              out.write(
                  ScriptedOrigin.ok("hello").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              return true;
            });
    front = new TlsFront(origin.address(), InspectedGateway::valid);
    inspected = InspectedGateway.start(front.address(), ListedFilter.of("domain.example"));
    client = Http2Client.open(inspected, HOST);
    neighbour = Http2Client.open(inspected, HOST);
    assertThat(client.await(client.get(HOST, "/first")).status()).isEqualTo("200");
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(neighbour.await(neighbour.get(HOST, "/last")).status()).isEqualTo("200");
    released.countDown();
    client.close();
    neighbour.close();
    inspected.close();
    front.close();
    origin.close();
  }

  /** Sends until the gateway has closed. */
  private interface Sending {
    void send(int i) throws IOException;
  }

  private void flood(Sending sending) {
    try {
      for (int i = 0; i < FLOOD; i++) {
        sending.send(i);
      }
    } catch (IOException e) {
      // cut off
    }
  }

  @Test
  void resets() {
    flood(
        i ->
            client.frame(
                Http2Client.RST_STREAM, 0, client.get(HOST, "/slow"), new byte[] {0, 0, 0, 8}));
    assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
    assertThat(origin.heads).hasSizeLessThan(500);
  }

  /** Streams that the client makes the gateway reset (CVE-2025-8671). */
  @Test
  void resetsProvoked() {
    flood(i -> client.windowUpdate(client.get(HOST, "/slow"), 0));
    assertThat(client.awaitEnd()).isNotZero();
    assertThat(origin.heads).hasSizeLessThan(500);
  }

  @Test
  void settings() {
    flood(i -> client.frame(Http2Client.SETTINGS, 0, 0, new byte[] {0, 4, 0, 1, 0, 0}));
    assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
  }

  @Test
  void pings() {
    flood(i -> client.frame(Http2Client.PING, 0, 0, new byte[8]));
    assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
  }

  /** Some measure by pings how much more they could take (gRPC does): one for an answer. */
  @Test
  void pingsBesideAnswersAreNone() throws IOException {
    for (int i = 0; i < 300; i++) {
      client.frame(Http2Client.PING, 0, 0, new byte[8]);
      assertThat(client.await(client.get(HOST, "/any")).text()).isEqualTo("hello");
    }
  }

  @Test
  void priorities() throws IOException {
    int open = client.get(HOST, "/slow");
    flood(i -> client.frame(Http2Client.PRIORITY, 0, open, new byte[] {0, 0, 0, 9, 9}));
    assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
  }

  @Test
  void unknownFrames() throws IOException {
    int open = client.get(HOST, "/slow");
    flood(i -> client.frame(77, 0, open, new byte[10]));
    assertThat(client.awaitEnd()).isIn(ENHANCE_YOUR_CALM, -1);
  }

  @Test
  void emptyData() throws IOException {
    int stream =
        client.headers(
            END_HEADERS, ":method", "POST", ":scheme", "https", ":authority", HOST, ":path", "/p");
    flood(i -> client.frame(Http2Client.DATA, 0, stream, new byte[0]));
    assertThat(client.awaitEnd()).isNotZero();
  }

  @Test
  void smallContinuations() throws IOException {
    client.frame(Http2Client.HEADERS, END_STREAM, 3, Http2Client.block(":method", "GET"));
    flood(i -> client.frame(Http2Client.CONTINUATION, 0, 3, new byte[0]));
    assertThat(client.awaitEnd()).isNotZero();
  }

  @Test
  void largeContinuations() throws IOException {
    client.frame(Http2Client.HEADERS, END_STREAM, 3, Http2Client.block(":method", "GET"));
    byte[] fields = Http2Client.block("x-a", "b".repeat(16_000));
    flood(i -> client.frame(Http2Client.CONTINUATION, 0, 3, fields));
    assertThat(client.awaitEnd()).isNotZero();
  }

  @Test
  void moreFieldsThanAllowed() throws IOException {
    String[] fields = new String[8 + 2 * 9];
    System.arraycopy(
        new String[] {":method", "GET", ":scheme", "https", ":authority", HOST, ":path", "/big"},
        0,
        fields,
        0,
        8);
    for (int i = 8; i < fields.length; i += 2) {
      fields[i] = "x-" + i;
      fields[i + 1] = "v".repeat(8000);
    }
    byte[] block = Http2Client.block(fields);
    client.frame(Http2Client.HEADERS, END_STREAM, 3, java.util.Arrays.copyOf(block, 16_000));
    for (int from = 16_000; from < block.length; from += 16_000) {
      int to = Math.min(block.length, from + 16_000);
      client.frame(
          Http2Client.CONTINUATION,
          to == block.length ? END_HEADERS : 0,
          3,
          java.util.Arrays.copyOfRange(block, from, to));
    }
    neighbour.await(neighbour.get(HOST, "/meanwhile"));
    assertThat(origin.heads).noneMatch(head -> head.contains("/big"));
  }

  @Test
  void moreStreamsAtOnceThanAllowed() throws IOException {
    int[] streams = new int[120];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = client.get(HOST, "/slow");
    }
    Http2Client.Answer last = client.await(streams[streams.length - 1]);
    assertThat(last.error).isEqualTo(REFUSED_STREAM);
    released.countDown();
    assertThat(client.await(streams[0]).status()).isEqualTo("200");
    assertThat(client.await(client.get(HOST, "/after")).status()).isEqualTo("200");
  }

  @Test
  void dataBeyondTheWindow() throws IOException {
    int stream =
        client.headers(
            END_HEADERS,
            ":method",
            "POST",
            ":scheme",
            "https",
            ":authority",
            HOST,
            ":path",
            "/slow");
    flood(i -> client.frame(Http2Client.DATA, 0, stream, new byte[16_384]));
    assertThat(client.awaitEnd()).isNotZero();
  }

  /** A client that takes nothing holds up its own streams only. */
  @Test
  void aClientThatTakesNothing() throws IOException {
    client.readsWindows = false;
    client.frame(Http2Client.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
    int stuck = client.get(HOST, "/any");
    assertThat(neighbour.await(neighbour.get(HOST, "/meanwhile")).text()).isEqualTo("hello");
    client.frame(Http2Client.SETTINGS, 0, 0, new byte[] {0, 4, 0, 1, 0, 0});
    assertThat(client.await(stuck).text()).isEqualTo("hello");
  }

  /** One large field, kept by the decoder and then named again and again by one byte each. */
  @Test
  void fieldsThatGrowWhenTheyAreRead() throws IOException {
    java.io.ByteArrayOutputStream block = new java.io.ByteArrayOutputStream();
    byte[] plain = Http2Client.block("x-a", "b".repeat(3_900));
    plain[0] = 0x40; // literal, to be indexed (RFC 7541 §6.2.1)
    block.writeBytes(
        Http2Client.block(
            ":method", "GET", ":scheme", "https", ":authority", HOST, ":path", "/grown"));
    block.writeBytes(plain);
    for (int i = 0; i < 10_000; i++) {
      block.write(0x80 | 62); // the newest of the dynamic table
    }
    client.frame(Http2Client.HEADERS, END_STREAM | END_HEADERS, 3, block.toByteArray());
    neighbour.await(neighbour.get(HOST, "/meanwhile"));
    assertThat(origin.heads).noneMatch(head -> head.contains("/grown"));
  }

  @Test
  void windowsThatOverflow() throws IOException {
    client.windowUpdate(0, Integer.MAX_VALUE);
    assertThat(client.awaitEnd()).isEqualTo(FLOW_CONTROL_ERROR);
  }

  /** A byte at a time costs the client as much as the gateway, until it is too much. */
  @Test
  void windowsOfAByteEach() throws IOException {
    client.readsWindows = false;
    client.frame(Http2Client.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
    int stuck = client.get(HOST, "/any");
    for (int i = 0; i < "hello".length(); i++) {
      client.windowUpdate(stuck, 1);
    }
    assertThat(client.await(stuck).text()).isEqualTo("hello");
  }

  @Test
  void framesThatHaveNoPlace() throws IOException {
    client.frame(Http2Client.DATA, 0, 99, new byte[1]); // no such stream yet
    assertThat(client.awaitEnd()).isEqualTo(PROTOCOL_ERROR);
  }

  @Test
  void streamsThatAreTheServersToOpen() throws IOException {
    client.frame(Http2Client.HEADERS, END_STREAM | END_HEADERS, 2, get("/even"));
    assertThat(client.awaitEnd()).isEqualTo(PROTOCOL_ERROR);
    assertThat(origin.heads).noneMatch(head -> head.contains("/even"));
  }

  @Test
  void anotherFrameBetweenAHeadAndItsContinuation() throws IOException {
    client.frame(Http2Client.HEADERS, END_STREAM, 3, get("/torn"));
    client.frame(Http2Client.PING, 0, 0, new byte[8]);
    assertThat(client.awaitEnd()).isEqualTo(PROTOCOL_ERROR);
    assertThat(origin.heads).noneMatch(head -> head.contains("/torn"));
  }

  @Test
  void framesLargerThanAllowed() throws IOException {
    client.frame(Http2Client.DATA, 0, 1, new byte[20_000]);
    assertThat(client.awaitEnd()).isEqualTo(FRAME_SIZE_ERROR);
  }

  private static byte[] get(String path) {
    return Http2Client.block(
        ":method", "GET", ":scheme", "https", ":authority", HOST, ":path", path);
  }
}
