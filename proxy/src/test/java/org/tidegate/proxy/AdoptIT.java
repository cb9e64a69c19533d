package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.upstream.FixedNames;
import org.tidegate.proxy.upstream.ParentProxy;

/** A gateway that is configured anew while it serves. */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class AdoptIT {
  private static final String GET = "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n";

  private final UrlFilter filter = new UrlFilter(Policy.everyList(FailurePolicy.PASS));
  private ScriptedOrigin origin;
  private Gateway gateway;
  private FixedNames names;

  @BeforeEach
  void start() throws IOException {
    origin = ScriptedOrigin.answering(ScriptedOrigin.ok("origin"));
    names = new FixedNames(origin.address());
    gateway = Gateway.start(config(loopback(0)).build(), filter);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    origin.close();
  }

  private GatewayConfig.Builder config(InetSocketAddress listen) {
    return GatewayConfig.listeningOn(listen)
        .names(names)
        .allowAddresses(List.of(origin.address()))
        .drain(Duration.ofSeconds(5));
  }

  private GatewayConfig through(ScriptedOrigin parent) {
    return config(loopback(0))
        .names(new FixedNames(parent.address()))
        .parent(new ParentProxy("parent.example", parent.address().getPort()))
        .build();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void theNextRequestOfAnOpenConnectionIsServedAnew() throws IOException {
    try (ScriptedOrigin parent = ScriptedOrigin.answering(ScriptedOrigin.ok("parent"));
        RawClient client = new RawClient(gateway.address())) {
      client.send(GET);
      assertThat(client.readResponse()).endsWith("\r\n\r\norigin");

      gateway.adopt(through(parent));
      client.send(GET);
      assertThat(client.readResponse()).endsWith("\r\n\r\nparent");
      assertThat(parent.heads).hasSize(1);

      gateway.adopt(config(loopback(0)).allowAddresses(List.of()).build());
      client.send(GET);
      assertThat(client.readResponse()).startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void anIdleConnectionOnwardIsKeptWhereNothingAboutItChanges() throws IOException {
    try (RawClient client = new RawClient(gateway.address())) {
      for (int i = 0; i < 5; i++) {
        client.send(GET);
        assertThat(client.readResponse()).endsWith("origin");
        gateway.adopt(config(loopback(0)).connectPorts(Set.of(443, 8443 + i)).build());
      }
    }
    assertThat(origin.connections).hasValue(1);
  }

  @Test
  void noRequestIsLostWhileConfigurationsChange() throws Exception {
    try (ScriptedOrigin parent = ScriptedOrigin.answering(ScriptedOrigin.ok("parent"))) {
      AtomicBoolean over = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Integer>> served = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        served.add(threads.submit(() -> requestUntil(over)));
      }
      for (int i = 0; i < 300; i++) {
        GatewayConfig.Builder next = config(loopback(0)).names(new FixedNames(origin.address()));
        gateway.adopt(i % 2 == 0 ? through(parent) : next.build());
      }
      over.set(true);
      for (Future<Integer> count : served) {
        assertThat(count.get()).isPositive();
      }
      threads.shutdown();
    }
  }

  private int requestUntil(AtomicBoolean over) throws IOException {
    int requests = 0;
    while (!over.get()) {
      try (RawClient client = new RawClient(gateway.address())) {
        for (int i = 0; i < 20; i++) {
          client.send(GET);
          assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
          requests++;
        }
      }
    }
    return requests;
  }

  @Test
  void listenersComeAndGoAndConnectionsStay() throws IOException {
    InetSocketAddress first = gateway.address();
    try (RawClient client = new RawClient(first)) {
      InetSocketAddress second = loopback(freePort());
      gateway.adopt(config(second).build());
      assertThat(gateway.addresses()).containsExactly(second);
      assertThatThrownBy(() -> new RawClient(first)).isInstanceOf(IOException.class);
      client.send(GET);
      assertThat(client.readResponse()).endsWith("origin");
      assertThat(
              RawClient.exchange(second, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
          .endsWith("origin");
    }
  }

  @Test
  void anAddressThatIsTakenLeavesAllAsItWas() throws IOException {
    InetSocketAddress before = gateway.address();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GatewayConfig next =
          config(loopback(freePort()))
              .alsoOn(loopback(taken.getLocalPort()))
              .allowAddresses(List.of())
              .build();
      assertThatThrownBy(() -> gateway.adopt(next))
          .isInstanceOfSatisfying(
              ListenException.class,
              e -> assertThat(e.address().getPort()).isEqualTo(taken.getLocalPort()));
    }
    assertThat(gateway.addresses()).containsExactly(before);
    assertThat(RawClient.exchange(before, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
        .endsWith("origin");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
