package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that misbehave disturb nobody else and are ended; a drain cuts nothing short. */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class NeighbourIT {
  private static final int BAD = 50;
  private static final int GOOD = 100;

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger sendingLarge = new AtomicInteger();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final List<RawClient> bad = new ArrayList<>();
  private ScriptedOrigin origin;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    origin =
        new ScriptedOrigin(
            (head, in, out) -> {
              String path = head.split(" ")[1];
              seen.add(path);
              if (path.startsWith("/wait")) {
                waiting.incrementAndGet();
                release.await();
              } else if (path.equals("/large")) {
                large(out);
                return false;
              }
              if (path.equals("/wide")) {
                path = "w".repeat(100_000);
              }
              out.write(ScriptedOrigin.ok(path).getBytes(ISO_8859_1));
              return true;
            });
    gateway =
        TestGateway.start(
            origin.address(),
            ListedFilter.of("listed.example"),
            b ->
                b.limits(HostileRequestIT.limits(Duration.ofMillis(1500)))
                    .drain(Duration.ofSeconds(20)));
  }

  private void large(OutputStream out) throws IOException {
    sendingLarge.incrementAndGet();
    try {
      byte[] block = new byte[1 << 20];
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes(ISO_8859_1));
      for (int i = 0; i < 1024; i++) {
        out.write(block);
      }
    } finally {
      sendingLarge.decrementAndGet();
    }
  }

  @AfterEach
  void stop() throws IOException {
    release.countDown();
    for (RawClient client : bad) {
      client.close();
    }
    gateway.close();
    origin.close();
  }

  private static String get(String path) {
    return "GET http://a.example" + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
  }

  private RawClient bad(String first) throws IOException {
    RawClient client = new RawClient(gateway.address());
    bad.add(client);
    client.send(first);
    return client;
  }

  private void othersAreServed() throws IOException {
    for (int i = 0; i < GOOD; i++) {
      try (LoadClient client = new LoadClient(gateway.address())) {
        client.send(get("/" + i));
        assertThat(new String(client.read().body(), ISO_8859_1)).isEqualTo("/" + i);
      }
    }
  }

  @Test
  void anOriginThatNeverAnswers() throws IOException {
    for (int i = 0; i < BAD; i++) {
      bad(get("/wait" + i));
    }
    await().until(() -> waiting.get() == BAD);
    othersAreServed();
    for (RawClient client : bad) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 504 ");
    }
  }

  @Test
  void aClientThatReadsNothing() throws IOException {
    for (int i = 0; i < BAD; i++) {
      bad(get("/large"));
    }
    await().until(() -> sendingLarge.get() > 0);
    othersAreServed();
    await().atMost(Duration.ofSeconds(40)).until(() -> sendingLarge.get() == 0);
  }

  @Test
  void aClientThatReadsNoneOfManyAnswers() throws Exception {
    ExecutorService senders = Executors.newCachedThreadPool();
    List<Future<?>> ended = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RawClient client = bad("");
      ended.add(
          senders.submit(
              () -> {
                String request = get("/wide").repeat(1000);
                while (true) {
                  client.send(request);
                }
              }));
    }
    othersAreServed();
    senders.shutdown();
    assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).as("ended by a limit").isTrue();
    for (Future<?> sender : ended) {
      assertThat(sender).failsWithin(Duration.ZERO);
    }
  }

  @Test
  void aClientThatSendsAByteNowAndThen() throws IOException {
    String head = get("/slow").replace("\r\n\r\n", "\r\nX: " + "y".repeat(5000));
    for (int i = 0; i < BAD; i++) {
      bad(head.substring(0, 1));
    }
    AtomicInteger at = new AtomicInteger(1);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(() -> trickle(head, at), 50, 50, TimeUnit.MILLISECONDS);
    othersAreServed();
    for (RawClient client : bad) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 408 ");
    }
    clock.shutdownNow();
    assertThat(seen).doesNotContain("/slow");
  }

  private void trickle(String head, AtomicInteger at) {
    String next = head.substring(at.get(), at.incrementAndGet());
    for (RawClient client : bad) {
      try {
        client.send(next);
      } catch (IOException e) {
        // ended, as it should be
      }
    }
  }

  @Test
  void aClientThatSaysNothing() throws IOException {
    for (int i = 0; i < BAD; i++) {
      bad("");
    }
    othersAreServed();
    for (RawClient client : bad) {
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void aDrainAnswersWhatIsUnderWay() throws Exception {
    for (int i = 0; i < BAD; i++) {
      bad(get("/wait" + i));
    }
    await().until(() -> waiting.get() == BAD);
    InetSocketAddress listener = gateway.address();
    Thread closing = new Thread(gateway::close);
    closing.start();
    await().until(() -> isRefused(listener));
    release.countDown();
    for (int i = 0; i < BAD; i++) {
      assertThat(bad.get(i).readAll()).contains("Connection: close").endsWith("/wait" + i);
    }
    closing.join();
  }

  private static boolean isRefused(InetSocketAddress listener) {
    try (RawClient client = new RawClient(listener)) {
      return client.socket().isClosed();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aDrainUnderLoadLosesNoRequestThatReachedTheOrigin() throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    AtomicInteger answers = new AtomicInteger();
    ExecutorService clients = Executors.newCachedThreadPool();
    for (int i = 0; i < 50; i++) {
      int number = i;
      clients.execute(
          () -> {
            try (LoadClient client = new LoadClient(gateway.address())) {
              for (int j = 0; true; j++) {
                String path = "/" + number + "-" + j;
                client.send(get(path));
                if (new String(client.read().body(), ISO_8859_1).equals(path)) {
                  answered.add(path);
                  answers.incrementAndGet();
                }
              }
            } catch (IOException e) {
              // drained
            }
          });
    }
    await().until(() -> answers.get() > 500);
    gateway.close();
    clients.shutdown();
    assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(answered).containsAll(seen);
  }
}
