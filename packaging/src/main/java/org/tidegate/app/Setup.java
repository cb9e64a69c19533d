package org.tidegate.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.app.ListLoader.Lists;
import org.tidegate.app.ListLoader.Loaded;
import org.tidegate.app.alarm.Receiver;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ListSettings;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.http.ProxyCredentials;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.splash.SplashSettings;
import org.tidegate.proxy.splash.SplashTemplateException;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.tls.OriginTls;

/** A configuration with all that it names read, so that nothing in it can fail any more. */
record Setup(
    Configuration configuration, GatewayConfig gateway, Lists lists, List<Receiver> alarms) {

  /**
   * Reads what a configuration names.
   *
   * @param events who is told what happens
   * @throws ConfigurationException with a problem for each thing that cannot be used
   */
  static Setup of(Configuration configuration, ListLoader loader, GatewayEvents events)
      throws ConfigurationException {
    List<Problem> problems = new ArrayList<>();
    SplashPage splash = SplashPage.builtIn();
    ProxyCredentials credentials = ProxyCredentials.NONE;
    Optional<Inspection> inspection = Optional.empty();
    OriginTls originTls = OriginTls.trustingAsJava();
    Lists lists = new Lists(List.of(), List.of());
    List<Receiver> alarms = List.of();
    try {
      splash = splash(configuration);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      credentials = ParentCredentialsFile.read(configuration.upstream().credentials());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      inspection = InspectionFiles.inspection(configuration.inspection());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      originTls =
          InspectionFiles.originTls(
              configuration.upstream().trust(), configuration.upstream().trustPlace());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      alarms = AlarmReceivers.open(configuration.alarm());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    try {
      lists = loader.load(configuration.lists());
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    GatewayConfig.Builder gateway = gateway(configuration, splash, credentials, events);
    inspection.ifPresent(gateway::inspection);
    return new Setup(configuration, gateway.originTls(originTls).build(), lists, alarms);
  }

  private static SplashPage splash(Configuration configuration) throws ConfigurationException {
    Map<String, SplashSettings> all = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    SplashPage page =
        splash(configuration, Map.of(), configuration.splash().place(), "splash.templates");
    for (ListSettings list : configuration.lists()) {
      if (list.splash().isPresent()) {
        Map<String, SplashSettings> own = Map.of(list.name(), list.splash().get());
        all.putAll(own);
        try {
          splash(configuration, own, list.splashPlace(), "lists." + list.name() + ".splash");
        } catch (ConfigurationException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return all.isEmpty() ? page : splash(configuration, all, configuration.file(), "splash");
  }

  private static SplashPage splash(
      Configuration configuration, Map<String, SplashSettings> settings, String place, String key)
      throws ConfigurationException {
    try {
      return configuration.splash().templates().isPresent()
          ? SplashPage.load(configuration.splash().templates().get(), settings)
          : SplashPage.builtIn(settings);
    } catch (SplashTemplateException e) {
      throw new ConfigurationException(
          List.of(new Problem(place, key, String.valueOf(e.getMessage()))));
    }
  }

  private static GatewayConfig.Builder gateway(
      Configuration configuration,
      SplashPage splash,
      ProxyCredentials credentials,
      GatewayEvents events) {
    List<Listener> listeners = configuration.listeners();
    GatewayConfig.Builder gateway = GatewayConfig.listening(listeners.get(0));
    listeners.subList(1, listeners.size()).forEach(gateway::alsoBy);
    Configuration.Upstream upstream = configuration.upstream();
    upstream.parent().map(p -> p.with(credentials)).ifPresent(gateway::parent);
    upstream.proxyProtocol().ifPresent(gateway::announceClients);
    if (upstream.privateNetworks()) {
      gateway.allowPrivateNetworks();
    }
    if (!configuration.splice()) {
      gateway.withoutSplice();
    }
    tunnels(configuration.tunnels(), gateway);
    configuration.autoConfig().ifPresent(gateway::autoConfig);
    configuration.connectPorts().ifPresentOrElse(gateway::connectPorts, gateway::anyConnectPort);
    return gateway
        .splash(splash)
        .events(events)
        .dnsServers(upstream.dns())
        .allowAddresses(upstream.allowAddresses())
        .forwarded(configuration.forwarded())
        .limits(configuration.limits())
        .maxConnections(configuration.connections().clients())
        .connectionsPerClient(configuration.connections().perClient())
        .distinctHits(configuration.distinctHits())
        .connectionsPerHost(configuration.connections().perHost())
        .drain(configuration.drain());
  }

  private static void tunnels(Configuration.Tunnels tunnels, GatewayConfig.Builder gateway) {
    if (tunnels.relayUnknown()) {
      gateway.relayUnknownTunnels();
    }
    if (tunnels.refuseNameless()) {
      gateway.refuseNamelessTls();
    }
    if (tunnels.refuseDisagreement()) {
      gateway.refuseDisagreement();
    }
  }

  /** Makes the filter judge by this, from one moment on. */
  void installIn(UrlFilter filter) {
    Set<ListKey> keys = new LinkedHashSet<>();
    List<CompiledList> compiled = new ArrayList<>();
    for (Loaded loaded : lists.inFiles()) {
      keys.add(loaded.key());
      compiled.add(loaded.list());
    }
    lists.signed().forEach(list -> keys.addAll(list.keys()));
    try {
      filter.install(configuration.policy(), keys, compiled);
    } catch (ListFormatException e) {
      throw new IllegalStateException("a list that was loaded with its key", e);
    }
  }

  /** Counts only, of the lists that the filter has. */
  String summary(UrlFilter filter) {
    if (configuration.lists().isEmpty()) {
      return switch (configuration.failurePolicy()) {
        case REFUSE -> "no list, so that every request is refused";
        case PASS -> "no list, and every request passes unjudged";
      };
    }
    List<CompiledList> installed = filter.lists();
    int all = configuration.lists().size();
    long entries = installed.stream().mapToLong(CompiledList::entries).sum();
    String missing = installed.size() == all ? "" : ", " + (all - installed.size()) + " missing";
    return all + (all == 1 ? " list, " : " lists, ") + entries + " entries" + missing;
  }
}
