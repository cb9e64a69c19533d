package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidegate.sync.SimulatedPublisher.LIST;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;

/** 500 gateways that start together and follow one nginx; needs nginx. */
@Tag("nightly")
class ScaleOutIT {
  private static final int GATEWAYS = 500;
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final int SEED = 20;

  /** What is promised: an edition is everywhere within two intervals. */
  private static final Duration PROMISED = INTERVAL.multipliedBy(2);

  @TempDir private Path directory;

  @Test
  void theirRequestsAreSpreadAndAllFollow() throws IOException, PublishException {
    SimulatedPublisher publisher =
        SimulatedPublisher.init(directory.resolve("pub"), Instant.now())
            .publish(Instant.now(), "listed.example");
    int port = Nginx.freePort();
    Path root = publisher.directory().resolve("repository");
    String server = "server { listen 127.0.0.1:" + port + "; root " + root + "; }";
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
    List<String> seen;
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"), server)) {
      List<Gateway> gateways = start(publisher, port, threads);
      await().atMost(PROMISED).until(() -> count(gateways, 1) == GATEWAYS);
      publisher.publish(Instant.now(), "listed.example", "other.example");
      await().atMost(PROMISED).until(() -> count(gateways, 2) == GATEWAYS);
      seen = nginx.seen();
    } finally {
      threads.shutdownNow();
    }
    TreeMap<Long, Integer> perSecond = requestsPerSecond(seen);
    int all = perSecond.values().stream().mapToInt(n -> n).sum();
    int peak = perSecond.values().stream().mapToInt(n -> n).max().orElse(0);
    System.out.printf("%d requests, at most %d in a second%n", all, peak);
    // Without jitter, 500 gateways would ask for their six files within the same second.
    assertThat(peak).isLessThan(GATEWAYS * 6 / 2);
  }

  /** One gateway's list, updated as its schedule says. */
  private static final class Gateway {
    private final ListUpdater updater;
    private final UpdateSchedule schedule;
    private final ScheduledExecutorService threads;
    private volatile long serial;

    Gateway(ListUpdater updater, UpdateSchedule schedule, ScheduledExecutorService threads) {
      this.updater = updater;
      this.schedule = schedule;
      this.threads = threads;
    }

    void start() {
      after(schedule.first());
    }

    private void update() {
      UpdateOutcome outcome = updater.update(Instant.now());
      if (outcome instanceof UpdateOutcome.Updated updated) {
        serial = updated.serial();
      }
      if (!threads.isShutdown()) {
        after(schedule.after(outcome));
      }
    }

    private void after(Duration wait) {
      threads.schedule(this::update, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private List<Gateway> start(
      SimulatedPublisher publisher, int port, ScheduledExecutorService threads)
      throws IOException, PublishException {
    Random random = new Random(SEED);
    List<Gateway> gateways = new ArrayList<>();
    for (int i = 0; i < GATEWAYS; i++) {
      HttpRepository repository =
          new HttpRepository(URI.create("http://127.0.0.1:" + port + "/"), HttpAccess.DEFAULT);
      ListSource source =
          new ListSource(LIST, repository, publisher.trustedRoot(), publisher.listKey());
      ListStore store = new ListStore(directory.resolve("store" + i), TestDisk.fast());
      gateways.add(
          new Gateway(
              new ListUpdater(source, store, list -> {}),
              new UpdateSchedule(INTERVAL, new Random(random.nextLong())),
              threads));
    }
    gateways.forEach(Gateway::start);
    return gateways;
  }

  private static long count(List<Gateway> gateways, long serial) {
    return gateways.stream().filter(gateway -> gateway.serial >= serial).count();
  }

  private static TreeMap<Long, Integer> requestsPerSecond(List<String> seen) {
    TreeMap<Long, Integer> perSecond = new TreeMap<>();
    for (String line : seen) {
      perSecond.merge(Long.parseLong(line.substring(0, line.indexOf('.'))), 1, Integer::sum);
    }
    return perSecond;
  }
}
