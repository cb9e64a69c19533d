package org.tidegate.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.alarm.Alarms;
import org.tidegate.app.alarm.Receiver;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.OperatorSettings;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.admin.AdminEndpoint;
import org.tidegate.proxy.admin.AdminPages;
import org.tidegate.proxy.admin.BlockLog;
import org.tidegate.proxy.admin.CanaryWatch;
import org.tidegate.proxy.admin.GatewayFacts;
import org.tidegate.proxy.admin.GatewayMetrics;
import org.tidegate.proxy.admin.Health;
import org.tidegate.proxy.admin.ListUpdate;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.listen.Listener;

/**
 * What a running gateway is watched by: metrics, health, the log of blocks and the admin endpoint.
 * They last as long as the process, whatever is reloaded.
 */
final class Instruments implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final BlockLog blocks = new BlockLog(CLOCK);
  private final GatewayMetrics metrics = new GatewayMetrics(blocks);
  private final Alarms alarms;
  private final CanaryWatch canaries;
  private final Health health;
  private final AdminPages pages;
  private volatile Supplier<List<Listener>> listeners = List::of;
  private @Nullable InetSocketAddress address;
  private @Nullable AdminEndpoint endpoint;

  Instruments(UrlFilter filter, Function<String, ListUpdate> updates) throws IOException {
    this(filter, updates, new Alarms(CLOCK));
  }

  /**
   * @param alarms that it raises too, and that {@link #tell} says whom to tell of
   */
  Instruments(UrlFilter filter, Function<String, ListUpdate> updates, Alarms alarms)
      throws IOException {
    this.alarms = alarms;
    canaries = new CanaryWatch(filter, () -> listeners.get(), alarms::canary);
    health = new Health(filter, canaries, updates);
    pages =
        new AdminPages(
            health,
            new GatewayFacts(
                Version.number(), CLOCK, filter, metrics, canaries, updates, this::isInspected));
  }

  /** Whether every client's TLS is: by a listener that does not, only hosts are seen. */
  private boolean isInspected() {
    List<Listener> open = listeners.get();
    return !open.isEmpty() && open.stream().allMatch(Listener::inspects);
  }

  GatewayEvents events() {
    return metrics;
  }

  /**
   * Opens what a configuration asks for and is not open yet; {@link #adopt} makes it current.
   *
   * @throws ConfigurationException where the address cannot be listened on
   */
  Optional<AdminEndpoint> open(Configuration next) throws ConfigurationException {
    InetSocketAddress wanted = next.operator().address();
    if (wanted == null || wanted.equals(address)) {
      return Optional.empty();
    }
    try {
      return Optional.of(AdminEndpoint.start(wanted, pages));
    } catch (IOException e) {
      String why = new PortException(e).isTaken() ? " is taken" : " cannot be listened on";
      String found = Addresses.text(wanted) + why + " (expected: a free address of this machine)";
      throw new ConfigurationException(
          List.of(new Problem(next.operator().place(), "admin.listen", found)));
    }
  }

  /**
   * Opens the admin endpoint there.
   *
   * @throws IOException where the address cannot be listened on
   */
  void open(InetSocketAddress wanted) throws IOException {
    endpoint = AdminEndpoint.start(wanted, pages);
    address = wanted;
  }

  /**
   * From now on this configuration holds.
   *
   * @param opened what {@link #open} gave for it
   */
  void adopt(Configuration next, Optional<AdminEndpoint> opened) {
    OperatorSettings settings = next.operator();
    LogLines.use(settings.json());
    if (settings.showClients()) {
      blocks.showClients(next.policy());
    } else {
      blocks.hideClients();
    }
    AdminEndpoint before = endpoint;
    if (before != null && !Objects.equals(settings.address(), address)) {
      before.close();
      endpoint = null;
    }
    opened.ifPresent(now -> endpoint = now);
    address = settings.address();
  }

  /** From now on these are told of alarms. */
  void tell(List<Receiver> receivers) {
    alarms.tell(receivers, metrics::alarm);
  }

  /** The gateway listens there: its canaries are asked for, now and again in such intervals. */
  void watch(Duration interval, Supplier<List<Listener>> open) {
    listeners = open;
    health.running();
    canaries.every(interval);
  }

  /** Not ready from this moment on. */
  void stopping() {
    health.stopping();
    canaries.close();
  }

  /** Where the admin endpoint listens, if there is one. */
  Optional<InetSocketAddress> admin() {
    return Optional.ofNullable(endpoint).map(AdminEndpoint::address);
  }

  @Override
  public void close() {
    stopping();
    if (endpoint != null) {
      endpoint.close();
    }
    blocks.close();
    alarms.close();
  }
}
