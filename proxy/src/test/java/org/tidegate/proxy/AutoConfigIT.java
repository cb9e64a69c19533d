package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.splash.ProxyAutoConfig;

/** What the gateway tells browsers that ask how to find it, and that it tells nothing else. */
@SuppressWarnings("NullAway.Init")
@Timeout(30)
class AutoConfigIT {
  private StrictOrigin origin;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    origin = new StrictOrigin();
    ProxyAutoConfig script = new ProxyAutoConfig("proxy.example:8080", List.of("intranet.example"));
    gateway =
        TestGateway.start(
            origin.origin.address(), ListedFilter.of("listed.example"), b -> b.autoConfig(script));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  private String answer(String request) throws IOException {
    return RawClient.exchange(gateway.address(), request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /proxy.pac HTTP/1.1\r\nHost: gateway.example:8080\r\n\r\n",
        "GET /wpad.dat HTTP/1.1\r\nHost: wpad\r\n\r\n",
        "GET /wpad.dat?x HTTP/1.0\r\n\r\n"
      })
  void theScriptIsServed(String request) throws IOException {
    assertThat(answer(request))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Type: application/x-ns-proxy-autoconfig\r\n")
        .contains("var direct = [\".intranet.example\"];")
        .contains("return \"PROXY proxy.example:8080\";")
        .doesNotContain("listed");
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void headHasNoBody() throws IOException {
    assertThat(answer("HEAD /proxy.pac HTTP/1.1\r\nHost: g.example\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n");
  }

  /** RFC 9110 §7.6.2; what is listed gets its splash page all the same. */
  @ParameterizedTest
  @CsvSource({
    "OPTIONS, a.example, 200 OK",
    "TRACE, a.example, 501 Not Implemented",
    "OPTIONS, listed.example, 403 Forbidden"
  })
  void whatMayNotBePassedOnIsAnsweredHere(String method, String host, String status)
      throws IOException {
    String fields = "Host: " + host + "\r\nMax-Forwards: 0\r\nConnection: close\r\n\r\n";
    assertThat(answer(method + " http://" + host + "/ HTTP/1.1\r\n" + fields))
        .startsWith("HTTP/1.1 " + status + "\r\n");
    assertThat(origin.origin.connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /other HTTP/1.1\r\nHost: g.example\r\n\r\n",
        "POST /proxy.pac HTTP/1.1\r\nHost: g.example\r\n\r\n",
        "GET /Proxy.pac HTTP/1.1\r\nHost: g.example\r\n\r\n",
        "GET /proxy.pac/ HTTP/1.1\r\nHost: g.example\r\n\r\n",
        "GET //proxy.pac HTTP/1.1\r\nHost: g.example\r\n\r\n"
      })
  void nothingElseIsServed(String request) throws IOException {
    assertThat(answer(request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void whatFollowsIsNotRead() throws IOException {
    String listed = "GET http://listed.example/ HTTP/1.1\r\nHost: listed.example\r\n\r\n";
    String answer =
        answer(
            "GET /proxy.pac HTTP/1.1\r\nHost: g.example\r\nContent-Length: "
                + listed.length()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + listed);
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void aSiteThatHasOneIsAskedForItsOwn() throws IOException {
    assertThat(answer("GET http://a.example/proxy.pac HTTP/1.0\r\nHost: a.example\r\n\r\n"))
        .endsWith("/proxy.pac");
    assertThat(
            answer("GET http://listed.example/wpad.dat HTTP/1.0\r\nHost: listed.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
  }

  /** A client that has no such script configured is refused as before. */
  @Test
  void withoutAConfigurationNothingIsServed() throws IOException {
    try (Gateway plain =
        TestGateway.start(origin.origin.address(), ListedFilter.of("listed.example"), b -> b)) {
      assertThat(
              RawClient.exchange(
                  plain.address(), "GET /proxy.pac HTTP/1.1\r\nHost: g.example\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }
}
