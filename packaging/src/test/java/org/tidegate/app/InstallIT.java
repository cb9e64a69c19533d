package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.upstream.FixedNames;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateOutcome.Updated;

/** Editions are installed under load: what they say holds at once, and nobody waits for it. */
@Timeout(120)
class InstallIT {
  private static final int EDITIONS = 5;
  private static final int ENTRIES = 10_000;

  @TempDir Path directory;

  @Test
  void theNextRequestOnEachListenerIsJudgedByTheNewEdition() throws Exception {
    TestPublisher publisher = TestPublisher.init(directory, "own");
    UrlFilter filter = new UrlFilter(publisher.key());
    ListUpdater updater = publisher.updater("store", filter);
    publisher.publish(TestPublisher.edition(0, ENTRIES));
    assertThat(updater.update(Instant.now())).isEqualTo(new Updated(1));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DemoOrigin origin = DemoOrigin.start();
        Gateway gateway = gateway(origin, filter)) {
      List<InetSocketAddress> listeners = gateway.addresses();
      List<Future<Integer>> load = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        InetSocketAddress listener = listeners.get(i % listeners.size());
        load.add(threads.submit(() -> request(listener, over)));
      }
      for (int edition = 1; edition <= EDITIONS; edition++) {
        publisher.publish(TestPublisher.edition(edition, ENTRIES));
        assertThat(updater.update(Instant.now())).isEqualTo(new Updated(edition + 1));
        for (InetSocketAddress listener : listeners) {
          assertThat(TestClient.status(listener, added(edition))).isEqualTo(403);
          assertThat(TestClient.status(listener, added(edition - 1))).isEqualTo(200);
        }
      }
      over.set(true);
      int requests = 0;
      for (Future<Integer> count : load) {
        requests += count.get();
      }
      assertThat(requests).isGreaterThan(EDITIONS);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whatever is lost, answered otherwise, or takes longer than a second, is an exception. */
  private static int request(InetSocketAddress listener, AtomicBoolean over) throws IOException {
    int requests = 0;
    try (TestClient client = new TestClient(listener, 1_000)) {
      while (!over.get()) {
        assertThat(client.get("http://passing.example/")).isEqualTo(200);
        assertThat(client.get("http://listed-7.example/")).isEqualTo(403);
        requests += 2;
      }
    }
    return requests;
  }

  private static String added(int edition) {
    return "http://edition-" + edition + ".example/";
  }

  private static Gateway gateway(DemoOrigin origin, UrlFilter filter) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Gateway.start(
        GatewayConfig.listeningOn(loopback)
            .alsoBy(Listener.explicit(loopback))
            .alsoBy(Listener.explicit(new InetSocketAddress("::1", 0)))
            .names(new FixedNames(origin.address()))
            .allowAddresses(List.of(origin.address()))
            .build(),
        filter);
  }
}
