package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a CONNECT may carry: judged by its target and by its first bytes, then left alone. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
@ParameterizedClass
@EnumSource(
    value = Door.class,
    names = {"EXPLICIT", "PROXY_PROTOCOL", "LITTLEPROXY"}) // the others are not asked for tunnels
class TunnelIT {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Door door;
  private ByteOrigin origin;
  private OpenDoor open;

  TunnelIT(Door door) {
    this.door = door;
  }

  @BeforeEach
  void start() throws IOException {
    origin = ByteOrigin.echo(kept);
    open = door.open(setup());
  }

  private DoorSetup setup() throws IOException {
    return DoorSetup.of(origin.address(), ListedFilter.of(JudgementIT.LIST));
  }

  @AfterEach
  void stop() throws IOException {
    open.close();
    origin.close();
  }

  private static String connect(String authority) {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  }

  private RawClient opened(String authority) throws IOException {
    RawClient client = open.client();
    client.send(connect(authority));
    assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    return client;
  }

  private byte[] received() {
    synchronized (kept) {
      return kept.toByteArray();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain.example:443", "www.domain.example:443", "DOMAIN.example.:443",
        "domain.example:80", "domain.example:8443", "%64omain.example:443",
        "domain..example:443", "host.example:443", "HOST.EXAMPLE:443",
        "203.0.113.7:443", "0xcb007107:443", "3405803783:443",
        "[::ffff:203.0.113.7]:443", "[64:ff9b::cb00:7107]:443", "[2001:DB8:0::BAD]:443",
        "xn--bcher-kva.example:443", "b%C3%BCcher.example:443"
      })
  void aListedHostIsNotConnectedTo(String authority) throws IOException {
    assertThat(open.exchange(connect(authority))).startsWith("HTTP/1.1 403 ");
    assertThat(origin.connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prefix.example:443",
        "page.example:443",
        "exact.example:443",
        "front.example:443",
        "port.example:8080",
        "www.host.example:443",
        "notdomain.example:443"
      })
  void whatOnlyHasPagesListedPasses(String authority) throws IOException {
    try (RawClient client = opened(authority)) {
      byte[] hello = Hello.naming(authority.replaceFirst(":.*", "").getBytes(US_ASCII));
      client.send(hello);
      assertThat(client.readBytes(hello.length)).isEqualTo(hello);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain.example",
        "a.b.domain.example",
        "DOMAIN.example",
        "host.example",
        "xn--bcher-kva.example",
        "XN--BCHER-KVA.EXAMPLE"
      })
  void aListedNameInsideIsEndedByAnAlert(String name) throws IOException {
    try (RawClient client = opened("other.example:443")) {
      client.send(Hello.naming(name.getBytes(US_ASCII)));
      assertThat(client.readBytes(100)).containsExactly(21, 3, 3, 0, 2, 2, 49);
    }
    assertThat(received()).isEmpty();
  }

  /** No standard allows it, but a server could be found that takes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "b\u00fccher.example", "domain.example.", "domain..example", ".domain.example",
        "%64omain.example", "\uff44omain.example", "203.0.113.7", "[2001:db8::bad]"
      })
  void anOddSpellingOfAListedNameInsideIsEndedToo(String name) throws IOException {
    try (RawClient client = opened("other.example:443")) {
      client.send(withName(name.getBytes(UTF_8)));
      assertThat(client.readBytes(100)).startsWith(21, 3, 3, 0, 2, 2);
    }
    assertThat(received()).isEmpty();
  }

  /** A hello whose name of that length is overwritten. */
  private static byte[] withName(byte[] name) {
    byte[] placeholder = new byte[name.length];
    Arrays.fill(placeholder, (byte) 'q');
    byte[] hello = Hello.naming(placeholder);
    int at = new String(hello, ISO_8859_1).indexOf("q".repeat(name.length));
    System.arraycopy(name, 0, hello, at, name.length);
    return hello;
  }

  @Test
  void aListedNameInsideIsFoundHoweverItsBytesArrive() throws IOException {
    byte[] hello = Hello.naming("www.domain.example".getBytes(US_ASCII));
    try (RawClient client = opened("other.example:443")) {
      for (byte b : hello) {
        client.send(new byte[] {b});
      }
      assertThat(client.readBytes(100)).containsExactly(21, 3, 3, 0, 2, 2, 49);
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void aHelloSentBeforeTheTunnelIsGrantedIsJudged() throws IOException {
    try (RawClient client = open.client()) {
      client.send(connect("other.example:443"));
      client.send(Hello.naming("domain.example".getBytes(US_ASCII)));
      client.readTo("\r\n\r\n");
      assertThat(client.readBytes(100)).containsExactly(21, 3, 3, 0, 2, 2, 49);
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void whatPassesPassesByteForByteBothWays() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    byte[] bytes = new byte[4 << 20];
    random.nextBytes(bytes);
    byte[] hello = Hello.naming("other.example".getBytes(US_ASCII));
    System.arraycopy(hello, 0, bytes, 0, hello.length);
    try (RawClient client = opened("other.example:443")) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.send(bytes);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sender.start();
      assertThat(client.readBytes(bytes.length)).isEqualTo(bytes);
      sender.join();
    }
    assertThat(received()).isEqualTo(bytes);
  }

  @Test
  void whatIsOnItsWayWhenOneSideEndsStillArrives() throws IOException {
    door.needs(Lack.HALF_CLOSED_TUNNEL);
    byte[] bytes = Arrays.copyOf(Hello.naming("other.example".getBytes(US_ASCII)), 1 << 20);
    try (RawClient client = opened("other.example:443")) {
      client.send(bytes);
      client.endOutput();
      assertThat(client.socket().getInputStream().readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void aHelloWithoutANamePasses() throws IOException {
    byte[] hello = Hello.nameless();
    try (RawClient client = opened("other.example:443")) {
      client.send(hello);
      assertThat(client.readBytes(hello.length)).isEqualTo(hello);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "\r\nGET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "get /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "M-SEARCH /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET http://page.example/listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET /x/../listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET \\listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET  /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET\t/listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET /listed.html\r\n",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ /listed.html HTTP/1.1\r\n"
            + "Host: page.example\r\n\r\n",
        "CONNECT domain.example:443 HTTP/1.1\r\nHost: domain.example:443\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void clearHttpForSomethingListedNeverPasses(String request) throws IOException {
    try (RawClient client = opened("page.example:80")) {
      client.send(request);
      client.endOutput();
      assertThat(client.readAll()).doesNotContain("page.example").doesNotContain("SM");
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void aRequestSentWithItsConnectIsServedThoughTheClientEndsItsSide() throws IOException {
    door.needs(Lack.HALF_CLOSED_TUNNEL);
    try (RawClient client = open.client()) {
      client.send(connect("other.example:80"));
      client.send("GET /x HTTP/1.1\r\nHost: other.example\r\n\r\n");
      client.endOutput();
      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
    }
    await().untilAsserted(() -> assertThat(new String(received(), US_ASCII)).contains("GET /x "));
  }

  /** Where the operator relays what is not known, HTTP is still known however it is spelled. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "\r\nGET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "\n\nGET /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "get /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "M-SEARCH /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET  /listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "GET\t/listed.html HTTP/1.1\r\nHost: page.example\r\n\r\n",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ /listed.html HTTP/1.1\r\n"
            + "Host: page.example\r\n\r\n"
      })
  void relayingTheUnknownDoesNotRelayHttp(String request) throws IOException {
    open.close();
    open = door.open(setup().relayingUnknown());
    try (RawClient client = opened("page.example:80")) {
      client.send(request);
      client.endOutput();
      assertThat(client.readAll()).doesNotContain("page.example");
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void relayingTheUnknownRelaysIt() throws IOException {
    open.close();
    open = door.open(setup().relayingUnknown());
    for (String first : new String[] {"SSH-2.0-x y\r\n", "\u0000\u0001binary", "EHLO me\r\n"}) {
      try (RawClient client = opened("other.example:2222")) {
        client.send(first);
        assertThat(new String(client.readBytes(first.length()), US_ASCII)).isEqualTo(first);
      }
    }
  }
}
