package org.tidegate.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.app.alarm.Alarms;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ConfigurationReader;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.Capacity;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.ListenException;
import org.tidegate.proxy.admin.AdminEndpoint;

/** A gateway that runs as its configuration file says, and can be told to read it again. */
final class RunningGateway implements AutoCloseable {
  private final Path file;
  private final Map<String, String> environment;
  private final ListLoader loader;
  private final UrlFilter filter;
  private final SignedLists signed;
  private final Instruments instruments;
  private final Gateway gateway;
  private Setup setup;

  private RunningGateway(
      Path file,
      Map<String, String> environment,
      ListLoader loader,
      UrlFilter filter,
      SignedLists signed,
      Instruments instruments,
      Setup setup,
      Gateway gateway) {
    this.file = file;
    this.environment = environment;
    this.loader = loader;
    this.filter = filter;
    this.signed = signed;
    this.instruments = instruments;
    this.setup = setup;
    this.gateway = gateway;
  }

  /**
   * Starts: the lists that are here are enforced before a port opens, and signed ones fetched then.
   *
   * @throws ConfigurationException where the file cannot be used
   * @throws ListenException where an address cannot be listened on
   * @throws IOException where the file cannot be read
   */
  static RunningGateway start(Path file, Map<String, String> environment)
      throws IOException, ConfigurationException {
    ListLoader loader = new ListLoader();
    UrlFilter filter = new UrlFilter();
    Alarms alarms = new Alarms(InstantSource.system());
    SignedLists signed =
        new SignedLists(filter::install, new UpdateListeners(List.of(new UpdateLog(), alarms)));
    Instruments instruments = new Instruments(filter, signed::update, alarms);
    try {
      Configuration configuration = ConfigurationReader.read(file, environment);
      instruments.adopt(configuration, instruments.open(configuration));
      Setup setup = Setup.of(configuration, loader, instruments.events());
      instruments.tell(setup.alarms());
      setup.installIn(filter);
      signed.follow(setup.lists().signed());
      Gateway gateway = Gateway.start(setup.gateway(), filter);
      signed.start();
      instruments.watch(configuration.operator().canaryInterval(), gateway::listeners);
      return new RunningGateway(
          file, environment, loader, filter, signed, instruments, setup, gateway);
    } catch (IOException | ConfigurationException | RuntimeException e) {
      signed.close();
      instruments.close();
      throw e;
    }
  }

  /**
   * Reads the file again. What it says holds from the next request on; where it cannot be used all
   * stays as it is.
   *
   * @throws ConfigurationException with every problem
   */
  synchronized void reload() throws ConfigurationException {
    try {
      Configuration next = ConfigurationReader.read(file, environment);
      Loosened.refuse(setup.configuration(), next);
      Setup prepared = Setup.of(next, loader, instruments.events());
      Loosened.refuseShrunk(setup, prepared);
      Optional<AdminEndpoint> opened = instruments.open(next);
      try {
        gateway.adopt(prepared.gateway());
      } catch (ListenException e) {
        opened.ifPresent(AdminEndpoint::close);
        throw e;
      }
      instruments.tell(prepared.alarms());
      prepared.installIn(filter);
      signed.follow(prepared.lists().signed());
      signed.start();
      instruments.adopt(next, opened);
      instruments.watch(next.operator().canaryInterval(), gateway::listeners);
      setup = prepared;
    } catch (ListenException e) {
      throw problem("listeners", Addresses.cannotListen(e));
    } catch (IOException e) {
      throw problem("", "cannot be read (expected: a readable file)");
    }
  }

  private ConfigurationException problem(String key, String what) {
    return new ConfigurationException(List.of(new Problem(file.toString(), key, what)));
  }

  List<InetSocketAddress> addresses() {
    return gateway.addresses();
  }

  /** Counts only, of the lists that are enforced now, and where the admin endpoint is. */
  synchronized String summary() {
    String lists = setup.summary(filter);
    return instruments.admin().map(at -> lists + "; admin on " + Addresses.text(at)).orElse(lists);
  }

  /** Where the admin endpoint listens, if there is one. */
  synchronized Optional<InetSocketAddress> admin() {
    return instruments.admin();
  }

  /** What is to be said where this process can hold fewer connections than are configured. */
  synchronized Optional<String> fewerConnections() {
    int wanted = setup.configuration().connections().clients();
    int held = Capacity.connections();
    return held >= wanted
        ? Optional.empty()
        : Optional.of(
            "limits.connections: this process can hold %d (expected: %d; more files or heap)"
                .formatted(held, wanted));
  }

  /** Not ready from now on; lets the requests under way end, within the drain time. */
  @Override
  public void close() {
    instruments.stopping();
    signed.close();
    gateway.close();
    instruments.close();
  }
}
