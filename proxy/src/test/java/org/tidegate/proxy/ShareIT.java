package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;

/** No client and no host takes all connections. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class ShareIT {
  private final CountDownLatch over = new CountDownLatch(1);
  private ScriptedOrigin origin;
  private Gateway gateway;

  private void start(UnaryOperator<GatewayConfig.Builder> more) throws IOException {
    origin =
        new ScriptedOrigin(
            (head, in, out) -> {
              if (head.contains("hangs.example")) {
                over.await();
              }
              out.write(ScriptedOrigin.ok("hello").getBytes(ISO_8859_1));
              return true;
            });
    gateway =
        TestGateway.start(
            origin.address(), new UrlFilter(Policy.everyList(FailurePolicy.PASS)), more);
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    gateway.close();
    origin.close();
  }

  private static String get(String host) {
    return "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  private RawClient client(String host) throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send(get(host));
    return client;
  }

  @Test
  void aHostThatHangsTakesItsOwnShareOnly() throws IOException {
    start(b -> b.connectionsPerHost(2));
    try (RawClient one = client("hangs.example");
        RawClient two = client("hangs.example")) {
      await().until(() -> origin.heads.size() == 2);
      try (RawClient three = client("hangs.example");
          RawClient other = client("other.example")) {
        assertThat(three.readResponse()).startsWith("HTTP/1.1 503 ");
        assertThat(other.readResponse()).endsWith("hello");
      }
      over.countDown();
      assertThat(one.readResponse()).endsWith("hello");
      assertThat(two.readResponse()).endsWith("hello");
    }
    try (RawClient again = client("hangs.example")) {
      assertThat(again.readResponse()).endsWith("hello");
    }
  }

  @Test
  void aClientThatHasItsShareGetsNoMoreUntilOneIsGone() throws IOException {
    start(b -> b.connectionsPerClient(3));
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        clients.add(client("a.example"));
        assertThat(clients.get(i).readResponse()).endsWith("hello");
      }
      assertThat(isServed()).isFalse();
      clients.remove(0).close();
      await().until(this::isServed);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private boolean isServed() {
    try (RawClient client = client("a.example")) {
      return client.readResponse().endsWith("hello");
    } catch (IOException e) {
      return false;
    }
  }
}
