package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.tidegate.proxy.littleproxy.GatedFilters;
import org.tidegate.proxy.upstream.ByteMemory;

/** What an application's own LittleProxy is kept from, beyond what the common suite asks. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class LittleProxyIT {
  private StrictOrigin origin;
  private @Nullable HttpProxyServer proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new StrictOrigin();
  }

  @AfterEach
  void stop() throws IOException {
    if (proxy != null) {
      proxy.abort();
    }
    origin.close();
  }

  private GatedFilters tidegate() throws IOException {
    InetSocketAddress address = origin.origin.address();
    return GatedFilters.of(ListedFilter.of("exact.example/p?u=http://x/", "page.example/%C3%BC"))
        .allowAddresses(List.of(address))
        .names((host, port) -> address);
  }

  private String answer(HttpProxyServerBootstrap bootstrap, String request) throws IOException {
    proxy = bootstrap.start();
    return RawClient.exchange(proxy.getListenAddress(), request);
  }

  private static HttpProxyServerBootstrap littleProxy() {
    return DefaultHttpProxyServer.bootstrap().withPort(0);
  }

  private static String get(String url) {
    String host = url.replaceFirst("(?s)^http://([^/]*).*", "$1");
    return "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  /** LittleProxy's encoder would add a slash, and so ask for what is listed. */
  @Test
  void aTargetWithASchemeInItsQueryIsSentAsItCame() throws IOException {
    String answer =
        answer(tidegate().into(littleProxy()), get("http://exact.example/p?u=http://x"));
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(origin.received).extracting("path").containsExactly("/p?u=http://x");
  }

  /** LittleProxy's encoder would write two bytes for one, and so ask for what is listed. */
  @Test
  void bytesBeyondAsciiAreSentAsTheyCame() throws IOException {
    String answer = answer(tidegate().into(littleProxy()), get("http://page.example/\u00fc\u0085"));
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(origin.received).extracting("path").containsExactly("/\u00fc\u0085");
  }

  /** Heads are kept as they came, rebuilt, and as LittleProxy's objects, all on the heap. */
  @Test
  void whereHeadsTakeTheirShareOfTheHeapNothingNewBegins() throws IOException {
    HttpProxyServer started = tidegate().into(littleProxy()).start();
    proxy = started;
    InetSocketAddress at = started.getListenAddress();
    long room = Runtime.getRuntime().maxMemory() / 8 - 100_000;
    hold(room);
    try (RawClient upload = new RawClient(at)) {
      String field = "X: " + "x".repeat(30_000) + "\r\n";
      upload.send(
          "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\n"
              + field
              + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      await()
          .untilAsserted(() -> assertThat(status(at, get("http://a.example/"))).isEqualTo("503"));
      assertThat(status(at, "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n"))
          .isEqualTo("503");
      assertThat(status(at, get("http://exact.example/p?u=http://x/"))).isEqualTo("403");
      upload.close();
      await()
          .untilAsserted(() -> assertThat(status(at, get("http://a.example/"))).isEqualTo("200"));
    } finally {
      hold(-room);
    }
  }

  private static void hold(long bytes) {
    for (long left = bytes; left != 0; ) {
      int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(left, Integer.MAX_VALUE));
      ByteMemory.holdHead(part);
      left -= part;
    }
  }

  private static String status(InetSocketAddress at, String request) throws IOException {
    try (RawClient client = new RawClient(at)) {
      client.send(request);
      return client.readTo("\r\n").split(" ")[1];
    }
  }

  @Test
  void nothingTellsOfTheMachine() throws IOException {
    String answer = answer(tidegate().into(littleProxy()), get("http://a.example/"));
    assertThat(answer).doesNotContainIgnoringCase("via:").doesNotContainIgnoringCase("date:");
    assertThat(origin.received.get(0).head()).doesNotContainIgnoringCase("via:");
  }

  @Test
  void whatDoesNotComeThroughTheGateIsRefused() throws IOException {
    HttpProxyServerBootstrap gateless = littleProxy().withFiltersSource(tidegate());
    assertThat(answer(gateless, get("http://a.example/"))).startsWith("HTTP/1.1 503 ");
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void theApplicationsFiltersDoNotChangeTheTarget() throws IOException {
    GatedFilters around =
        tidegate()
            .around(
                new HttpFiltersSourceAdapter() {
                  @Override
                  public HttpFilters filterRequest(HttpRequest request) {
                    return new Diverting(request);
                  }
                });
    String answer = answer(around.into(littleProxy()), get("http://exact.example/q"));
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("X-Seen: 1");
    assertThat(origin.received).extracting("path").containsExactly("/q");
    assertThat(StrictOrigin.values(origin.received.get(0).head(), "host"))
        .containsExactly("exact.example");
  }

  private static final class Diverting extends HttpFiltersAdapter {
    Diverting(HttpRequest request) {
      super(request);
    }

    @Override
    public @Nullable HttpResponse proxyToServerRequest(HttpObject object) {
      if (object instanceof HttpRequest request) {
        request.setUri("/p?u=http://x/");
        request.headers().set("Host", "other.example");
      }
      return null;
    }

    @Override
    public HttpObject serverToProxyResponse(HttpObject object) {
      if (object instanceof HttpResponse response) {
        response.headers().set("X-Seen", "1");
      }
      return object;
    }
  }

  @Test
  void anAnswerOfLittleProxyItselfRepeatsNothing() throws IOException {
    GatedFilters nowhere =
        tidegate()
            .names(
                (host, port) -> {
                  throw new java.net.UnknownHostException(host);
                });
    String answer = answer(nowhere.into(littleProxy()), get("http://a.example/secret?x"));
    assertThat(answer).startsWith("HTTP/1.1 502 ").contains("</html>").doesNotContain("secret");
  }

  @Test
  void anAnswerThatIsCutIsNotAwaitedForEver() throws IOException {
    try (ByteOrigin cutting =
        new ByteOrigin(
            (socket, in, out) -> {
              ScriptedOrigin.readHead(in);
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(ISO_8859_1));
            })) {
      GatedFilters cut =
          tidegate()
              .allowAddresses(List.of(cutting.address()))
              .names((host, port) -> cutting.address());
      proxy = cut.into(littleProxy()).start();
      String got;
      try (RawClient client = new RawClient(proxy.getListenAddress())) {
        client.send(get("http://a.example/").replace("close", "keep-alive"));
        got = client.readAll();
      } catch (IOException e) {
        got = "reset";
      }
      assertThat(got).isEqualTo("reset");
    }
  }
}
