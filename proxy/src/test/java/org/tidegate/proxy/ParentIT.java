package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.http.ProxyCredentials;
import org.tidegate.proxy.upstream.ParentProxy;

/** A parent that asks for credentials: whose it gets, and who hears of it. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class ParentIT {
  private static final String ASKS =
      "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
          + "Content-Length: 0\r\n\r\n";
  private static final String USER_P = "Proxy-Authorization: Basic dTpw\r\n"; // u:p
  private static final String GET = "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n";
  private static final String CONNECT = "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n";

  private ScriptedOrigin parent;
  private Gateway gateway;

  @BeforeEach
  void startParent() throws IOException {
    parent =
        new ScriptedOrigin(
            (head, in, out) -> {
              String answer =
                  !head.contains(USER_P)
                      ? ASKS
                      : head.startsWith("CONNECT")
                          ? "HTTP/1.1 200 OK\r\n\r\n"
                          : ScriptedOrigin.ok("hello");
              out.write(answer.getBytes(ISO_8859_1));
              return true;
            });
  }

  private void start(ProxyCredentials credentials) throws IOException {
    ParentProxy proxy = new ParentProxy("127.0.0.1", parent.address().getPort());
    gateway =
        TestGateway.start(
            parent.address(),
            new UrlFilter(Policy.everyList(FailurePolicy.PASS)),
            b -> b.parent(proxy.with(credentials)));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    parent.close();
  }

  private String exchange(String request) throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(request + "\r\n");
      return client.readResponse();
    }
  }

  @Test
  void theGatewaysOwnGoWithEveryRequestAndConnect() throws IOException {
    start(ProxyCredentials.basic("u:p"));
    assertThat(exchange(GET)).startsWith("HTTP/1.1 200 ").endsWith("hello");
    assertThat(exchange(GET + "Proxy-Authorization: Basic b3RoZXI=\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(exchange(CONNECT)).startsWith("HTTP/1.1 200 ");
    assertThat(parent.heads).allMatch(h -> h.contains(USER_P) && !h.contains("b3RoZXI="));
  }

  @Test
  void withoutAnyTheClientIsToldThatTheParentRefuses() throws IOException {
    start(ProxyCredentials.NONE);
    for (String request : new String[] {GET, GET + USER_P, CONNECT, CONNECT + USER_P}) {
      assertThat(exchange(request))
          .startsWith("HTTP/1.1 502 ")
          .contains("does not know this gateway")
          .doesNotContain("Proxy-Authenticate");
    }
    assertThat(parent.heads).hasSize(4).noneMatch(h -> h.contains(USER_P));
  }

  @Test
  void theClientsOwnArePassedOnWhereConfiguredAndSoAreTheParentsQuestions() throws IOException {
    start(ProxyCredentials.OF_CLIENT);
    for (String request : new String[] {GET, CONNECT}) {
      assertThat(exchange(request))
          .startsWith("HTTP/1.1 407 Proxy Authentication Required\r\n")
          .contains("Proxy-Authenticate: Basic realm=\"p\"");
      assertThat(exchange(request + USER_P)).startsWith("HTTP/1.1 200 ");
    }
  }

  /** What the parent opened for one user must not carry another's requests. */
  @Test
  void aTunnelOfOneUserServesNoOther() throws IOException {
    start(ProxyCredentials.OF_CLIENT);
    String inside = "GET / HTTP/1.1\r\nHost: a.example:443\r\n\r\n";
    try (RawClient client = new RawClient(gateway.address())) {
      client.send(CONNECT + USER_P + "\r\n");
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      client.send(inside);
      assertThat(client.readResponse()).startsWith("HTTP/1.1 407 "); // of the origin behind
    }
    assertThat(exchange(CONNECT)).startsWith("HTTP/1.1 407 ");
    assertThat(parent.heads.get(parent.heads.size() - 1)).startsWith("CONNECT");
  }
}
