package org.tidegate.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.DemoProof.Outcome;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.admin.ListUpdate;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.splash.SplashSettings;
import org.tidegate.proxy.splash.SplashTemplateException;
import org.tidegate.proxy.upstream.FixedNames;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.publish.Draft;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.ListRefresh;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateListener;
import org.tidegate.sync.UpdateOutcome;
import org.tidegate.sync.UpdateSchedule;

/**
 * A running demo on loopback: a publisher with its repository, the gateway that fetches its list
 * from there and, unless it has a parent, the origin behind the gateway.
 */
final class Demo implements AutoCloseable {
  private static final String LIST_TITLE = "Tidegate demo list";
  private static final Duration CANARY_INTERVAL = Duration.ofSeconds(10);
  private static final Duration REFRESH = Duration.ofMillis(300);

  /** A busy machine may need longer than the second that a refresh takes otherwise. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<AutoCloseable> parts = new ArrayList<>();
  private final DemoList.Entries entries;
  private final DemoPublisher publisher;
  private final Draft draft;
  private final DemoList list;
  private @Nullable DemoOrigin origin;
  private final Gateway gateway;
  private final Instruments instruments;

  private Demo(int port, DemoList.Entries entries, @Nullable ParentProxy parent)
      throws IOException, PublishException, ListFormatException {
    this.entries = entries;
    try {
      publisher = opened(DemoPublisher.start());
      draft = publisher.publish(entries.source(), DemoPublisher.RETIRED);
      list = DemoList.of(entries, CompiledList.open(draft.bytes()), publisher.key());
      UrlFilter filter = new UrlFilter(publisher.key());
      ListUpdater updater = publisher.updater(filter::install);
      requireGood(updater.update(Instant.now()));
      Instant fetched = Instant.now();
      instruments =
          opened(
              new Instruments(filter, name -> new ListUpdate(ListUpdate.Freshness.FRESH, fetched)));
      gateway = opened(gateway(config(port, parent).events(instruments.events()), filter));
      instruments.watch(CANARY_INTERVAL, gateway::listeners);
      UpdateSchedule schedule = new UpdateSchedule(REFRESH, new Random());
      opened(ListRefresh.start(updater, schedule, Clock.systemUTC(), new Unheard()));
    } catch (IOException | PublishException | ListFormatException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts a gateway that enforces the list and sends the rest to an origin of its own. */
  static Demo start(int port, DemoList.Entries entries)
      throws IOException, PublishException, ListFormatException {
    return new Demo(port, entries, null);
  }

  /** Starts a gateway that enforces the list and sends the rest to that proxy. */
  static Demo start(int port, DemoList.Entries entries, ParentProxy parent)
      throws IOException, PublishException, ListFormatException {
    return new Demo(port, entries, parent);
  }

  /** Opens the admin endpoint at that port of loopback; 0 picks one. */
  void openAdmin(int port) throws PortException {
    try {
      instruments.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new PortException(e);
    }
  }

  /** Where operators look, if that was opened. */
  Optional<InetSocketAddress> adminAddress() {
    return instruments.admin();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.add(0, part);
    return part;
  }

  private GatewayConfig.Builder config(int port, @Nullable ParentProxy parent) throws IOException {
    GatewayConfig.Builder config = listeningOn(port);
    if (parent != null) {
      return config.parent(parent);
    }
    DemoOrigin behind = opened(DemoOrigin.start());
    origin = behind;
    return config.names(new FixedNames(behind.address())).allowAddresses(List.of(behind.address()));
  }

  private static GatewayConfig.Builder listeningOn(int port) {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var settings = SplashSettings.forbidden(Map.of("*", Map.of("list", LIST_TITLE)));
    try {
      return GatewayConfig.listeningOn(loopback)
          .distinctHits(0) // whoever tries it knows the list
          .splash(SplashPage.builtIn(Map.of(DemoPublisher.LIST, settings)));
    } catch (SplashTemplateException e) {
      throw new IllegalStateException("the shipped splash page is damaged", e);
    }
  }

  private static Gateway gateway(GatewayConfig.Builder config, UrlFilter filter)
      throws IOException {
    try {
      return Gateway.start(config.build(), filter);
    } catch (IOException e) {
      throw new PortException(e);
    }
  }

  /** The list is enforced before the port opens. */
  private static void requireGood(UpdateOutcome outcome) {
    if (!outcome.isGood()) {
      throw new IllegalStateException(
          "the demo's own list: " + outcome.word() + ": " + outcome.reasonCode());
    }
  }

  InetSocketAddress gatewayAddress() {
    return gateway.address();
  }

  /** Where the list is fetched from. */
  URI repositoryAddress() {
    return publisher.address();
  }

  /** The first edition, with one entry of the demo's own. */
  Draft draft() {
    return draft;
  }

  DemoList list() {
    return list;
  }

  /** Sends the rows through the gateway; nothing comes of it where there is no own origin. */
  List<Outcome> prove(List<DemoRow> rows) {
    return origin == null
        ? List.of()
        : new DemoProof(gateway.address(), origin, LIST_TITLE).run(rows);
  }

  /** What came of a new edition, and how long after its publication all of it held. */
  record Refreshed(List<Outcome> outcomes, Duration after) {}

  /**
   * Publishes an edition that adds an entry and removes one, and lets the gateway find it by
   * itself.
   */
  Optional<Refreshed> proveRefresh() throws IOException, PublishException {
    if (origin == null) {
      return Optional.empty();
    }
    publisher.publish(entries.source(), DemoPublisher.FRESH);
    long begin = System.nanoTime();
    while (true) {
      List<Outcome> outcomes = prove(DemoRows.refreshed());
      Duration after = Duration.ofNanos(System.nanoTime() - begin);
      if (outcomes.stream().allMatch(Outcome::asExpected) || after.compareTo(PATIENCE) > 0) {
        return Optional.of(new Refreshed(outcomes, after));
      }
    }
  }

  /** Where every name leads; nothing with a parent. */
  Optional<InetSocketAddress> originAddress() {
    return Optional.ofNullable(origin).map(DemoOrigin::address);
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        // The others are still to be closed.
        continue;
      }
    }
  }

  /** The rows tell what came of an update. */
  private static final class Unheard implements UpdateListener {
    @Override
    public void updated(UpdateOutcome outcome, ListStatus status) {}

    @Override
    public void aged(ListStatus status) {}
  }
}
