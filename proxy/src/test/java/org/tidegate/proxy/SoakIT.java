package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.NettyRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;

/**
 * All kinds of traffic for long, while lists are replaced: what is listed in each edition never
 * passes, nothing is cut that should be whole, and nothing grows.
 */
@Timeout(2400)
class SoakIT {
  private static final int CLIENTS = 24;
  private static final int EDITIONS = 4;
  private static final int ENTRIES = 10_000;
  private static final Duration INSTALL_EVERY = Duration.ofSeconds(5);

  private final AtomicInteger installs = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  /** Editions that have one entry in common. */
  private static CompiledList edition(int number) throws IOException, ListFormatException {
    String[] lines =
        Stream.concat(
                Stream.of("listed.example"),
                IntStream.range(0, ENTRIES).mapToObj(i -> "h" + i + ".e" + number + ".example/p"))
            .toArray(String[]::new);
    return CompiledList.open(ListedFilter.compiled(lines).bytes());
  }

  private void install(UrlFilter filter, List<CompiledList> editions) {
    try {
      filter.install(editions.get(installs.getAndIncrement() % EDITIONS));
    } catch (ListFormatException | RuntimeException e) {
      failures.add("install: " + e);
    }
  }

  private void soak(Duration time) throws Exception {
    List<CompiledList> editions = new ArrayList<>();
    for (int i = 0; i < EDITIONS; i++) {
      editions.add(edition(i));
    }
    UrlFilter filter = ListedFilter.of("listed.example");
    long pipesBefore = Pipes.open();
    NettyLog log = NettyLog.begin();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (RoughOrigin origin = new RoughOrigin();
        Gateway gateway =
            TestGateway.start(
                origin.address(),
                filter,
                b ->
                    b.relayUnknownTunnels()
                        .limits(HostileRequestIT.limits(Duration.ofSeconds(10))))) {
      clock.scheduleAtFixedRate(
          () -> install(filter, editions), 0, INSTALL_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      RoughClients clients = new RoughClients(gateway.address());
      clients.run(CLIENTS, time.dividedBy(5));
      Memory before = Memory.now();
      clients.run(CLIENTS, time.multipliedBy(4).dividedBy(5));
      origin.awaitNoConnection();
      Memory after = Memory.now();
      System.out.println(
          String.format(
              Locale.ROOT,
              "%d clients, %d s, %d installs: %s whole, %s cut, %s blocked; %s, then %s; %d pipes",
              CLIENTS,
              time.toSeconds(),
              installs.get(),
              clients.whole,
              clients.cut,
              clients.splash,
              before,
              after,
              Pipes.open() - pipesBefore));
      assertThat(clients.wrong).isEmpty();
      assertThat(clients.whole).hasPositiveValue();
      assertThat(clients.splash).hasPositiveValue();
      after.assertNoDriftSince(before);
      int sparePipes =
          2 * 4 * NettyRuntime.availableProcessors(); // both ends of each of Pipe.SPARE_PER_LOOP
      assertThat(Pipes.open()).isLessThanOrEqualTo(pipesBefore + sparePipes);
    } finally {
      clock.shutdownNow();
    }
    assertThat(failures).isEmpty();
    assertThat(log.end()).isEmpty();
    await().until(() -> Pipes.open() <= pipesBefore);
  }

  @Test
  void mixedLoadWhileListsAreReplaced() throws Exception {
    soak(Duration.ofSeconds(15));
  }

  @Test
  @Tag("nightly")
  void mixedLoadWhileListsAreReplacedForHalfAnHour() throws Exception {
    soak(Duration.ofMinutes(30));
  }
}
