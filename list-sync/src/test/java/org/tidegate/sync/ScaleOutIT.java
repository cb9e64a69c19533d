package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidegate.sync.SimulatedPublisher.LIST;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
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
  void theirRequestsAreSpreadAndAllFollow()
      throws IOException, PublishException, InterruptedException {
    SimulatedPublisher publisher =
        SimulatedPublisher.init(directory.resolve("pub"), Instant.now())
            .publish(Instant.now(), "listed.example");
    int port = freePort();
    Process nginx = start(publisher.directory().resolve("repository"), port);
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(16);
    try {
      List<Gateway> gateways = start(publisher, port, threads);
      await().atMost(PROMISED).until(() -> count(gateways, 1) == GATEWAYS);
      publisher.publish(Instant.now(), "listed.example", "other.example");
      await().atMost(PROMISED).until(() -> count(gateways, 2) == GATEWAYS);
    } finally {
      threads.shutdownNow();
      nginx.destroy();
      nginx.waitFor();
    }
    TreeMap<Long, Integer> perSecond = requestsPerSecond();
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
          new HttpRepository(
              URI.create("http://127.0.0.1:" + port + "/"), HttpRepository.Times.DEFAULT);
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

  private Process start(Path root, int port) throws IOException {
    Path work = Files.createDirectory(directory.resolve("nginx"));
    Path configuration =
        Files.writeString(
            work.resolve("nginx.conf"),
            """
            daemon off;
            master_process off;
            pid WORK/pid;
            error_log WORK/error.log;
            events { worker_connections 1024; }
            http {
              log_format seconds '$msec $status $request_uri';
              access_log WORK/access.log seconds;
              client_body_temp_path WORK/body;
              proxy_temp_path WORK/proxy;
              fastcgi_temp_path WORK/fastcgi;
              uwsgi_temp_path WORK/uwsgi;
              scgi_temp_path WORK/scgi;
              server {
                listen 127.0.0.1:PORT;
                root ROOT;
              }
            }
            """
                .replace("WORK", work.toString())
                .replace("PORT", Integer.toString(port))
                .replace("ROOT", root.toString()));
    Process nginx = new ProcessBuilder("nginx", "-c", configuration.toString()).inheritIO().start();
    await().until(() -> Files.exists(work.resolve("pid")));
    return nginx;
  }

  private TreeMap<Long, Integer> requestsPerSecond() throws IOException {
    TreeMap<Long, Integer> perSecond = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("nginx/access.log"))) {
      perSecond.merge(Long.parseLong(line.substring(0, line.indexOf('.'))), 1, Integer::sum);
    }
    return perSecond;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
