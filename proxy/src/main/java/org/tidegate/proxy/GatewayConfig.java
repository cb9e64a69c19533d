package org.tidegate.proxy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.exchange.HitLimit;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.exchange.TunnelRules;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.listen.ProxyVersion;
import org.tidegate.proxy.splash.ProxyAutoConfig;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.tls.OriginTls;
import org.tidegate.proxy.upstream.NameResolver;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.proxy.upstream.UpstreamSettings;

/**
 * All that a gateway is told before it starts. Immutable; copies are made by the {@code with…}s.
 */
public final class GatewayConfig {
  private static final Set<Integer> HTTPS_ONLY = Set.of(443);

  private final List<Listener> listeners;
  private final SplashPage splash;
  private final GatewayEvents events;
  private final Limits limits;
  private final @Nullable ParentProxy parent;
  private final @Nullable NameResolver names;
  private final List<InetSocketAddress> dnsServers;
  private final boolean privateAllowed;
  private final List<InetSocketAddress> allowedAddresses;
  private final @Nullable ProxyAutoConfig autoConfig;
  private final @Nullable Set<Integer> connectPorts;
  private final TunnelRules tunnels;
  private final @Nullable Inspection inspection;
  private final OriginTls originTls;
  private final ForwardedRules forwarded;
  private final @Nullable ProxyVersion announce;
  private final int maxConnections;
  private final int connectionsPerClient;
  private final int connectionsPerHost;
  private final int distinctHits;
  private final boolean splice;
  private final Duration drain;

  private GatewayConfig(Builder from) {
    listeners = List.copyOf(from.listeners);
    splash = from.splash;
    events = from.events;
    limits = from.limits;
    parent = from.parent;
    names = from.names;
    dnsServers = List.copyOf(from.dnsServers);
    privateAllowed = from.privateAllowed;
    allowedAddresses = List.copyOf(from.allowedAddresses);
    autoConfig = from.autoConfig;
    connectPorts = from.connectPorts;
    inspection = from.inspection;
    originTls = from.originTls;
    forwarded = from.forwarded;
    announce = from.announce;
    tunnels = new TunnelRules(from.relayUnknown, from.refuseNameless, from.refuseDisagreement);
    maxConnections = from.maxConnections;
    connectionsPerClient = from.connectionsPerClient;
    connectionsPerHost = from.connectionsPerHost;
    distinctHits = from.distinctHits;
    splice = from.splice;
    drain = from.drain;
  }

  /** Begins a configuration with the defaults of a gateway that listens there; port 0 picks one. */
  public static Builder listeningOn(InetSocketAddress listen) {
    return listening(Listener.explicit(listen));
  }

  /** Begins a configuration with the defaults of a gateway that clients reach by that listener. */
  public static Builder listening(Listener listener) {
    return new Builder(listener);
  }

  List<Listener> listeners() {
    return listeners;
  }

  @Nullable ProxyAutoConfig autoConfig() {
    return autoConfig;
  }

  SplashPage splash() {
    return splash;
  }

  GatewayEvents events() {
    return events;
  }

  Limits limits() {
    return limits;
  }

  UpstreamSettings upstream() {
    return new UpstreamSettings(
        parent,
        privateAllowed,
        allowedAddresses,
        announce,
        limits.connect(),
        limits.upstreamIdle(),
        limits.fieldBytes(),
        connectionsPerHost,
        events,
        originTls);
  }

  @Nullable NameResolver names() {
    return names;
  }

  List<InetSocketAddress> dnsServers() {
    return dnsServers;
  }

  boolean mayConnectTo(int port) {
    return connectPorts == null || connectPorts.contains(port);
  }

  @Nullable Inspection inspection() {
    return inspection;
  }

  ForwardedRules forwarded() {
    return forwarded;
  }

  TunnelRules tunnels() {
    return tunnels;
  }

  /** As many as were asked for, but no more than this process can hold. */
  int maxConnections() {
    return Math.min(maxConnections, Capacity.connections());
  }

  int connectionsPerClient() {
    return connectionsPerClient;
  }

  int distinctHits() {
    return distinctHits;
  }

  boolean splice() {
    return splice;
  }

  Duration drain() {
    return drain;
  }

  /** Collects a configuration. */
  public static final class Builder {
    private final List<Listener> listeners = new ArrayList<>();
    private SplashPage splash = SplashPage.builtIn();
    private GatewayEvents events = GatewayEvents.IGNORED;
    private Limits limits = Limits.DEFAULT;
    private @Nullable ParentProxy parent;
    private @Nullable NameResolver names;
    private List<InetSocketAddress> dnsServers = List.of();
    private boolean privateAllowed;
    private List<InetSocketAddress> allowedAddresses = List.of();
    private @Nullable ProxyAutoConfig autoConfig;
    private @Nullable Set<Integer> connectPorts = HTTPS_ONLY;
    private ForwardedRules forwarded = ForwardedRules.DEFAULT;
    private @Nullable ProxyVersion announce;
    private boolean relayUnknown;
    private @Nullable Inspection inspection;
    private OriginTls originTls = OriginTls.trustingAsJava();
    private boolean refuseNameless;
    private boolean refuseDisagreement;
    private int maxConnections = 50_000;
    private int connectionsPerClient = 5_000;
    private int connectionsPerHost = 10_000;
    private int distinctHits = HitLimit.DEFAULT;
    private boolean splice = true;
    private Duration drain = Duration.ofSeconds(30);

    private Builder(Listener first) {
      listeners.add(first);
    }

    /** Listens there too. */
    public Builder alsoOn(InetSocketAddress address) {
      return alsoBy(Listener.explicit(address));
    }

    /** Clients reach it by that listener too. */
    public Builder alsoBy(Listener listener) {
      listeners.add(listener);
      return this;
    }

    /** Answers explicit clients that ask for {@code /proxy.pac} or {@code /wpad.dat}. */
    public Builder autoConfig(ProxyAutoConfig script) {
      autoConfig = script;
      return this;
    }

    public Builder splash(SplashPage page) {
      splash = page;
      return this;
    }

    /** Is told what happens. Default: nobody is. */
    public Builder events(GatewayEvents listener) {
      events = listener;
      return this;
    }

    public Builder limits(Limits bounds) {
      limits = bounds;
      return this;
    }

    /** Sends everything to another proxy. Default: to the origins. */
    public Builder parent(ParentProxy proxy) {
      parent = proxy;
      return this;
    }

    /** Resolves names by this; it is closed with the gateway. Default: DNS and the hosts file. */
    public Builder names(NameResolver resolver) {
      names = resolver;
      return this;
    }

    /** Asks these DNS servers. Default: those that the machine is set up with. */
    public Builder dnsServers(List<InetSocketAddress> servers) {
      dnsServers = servers;
      return this;
    }

    /** Lets requests go to private networks. Default: not. */
    public Builder allowPrivateNetworks() {
      privateAllowed = true;
      return this;
    }

    /** Lets requests go to these, whatever the address rules say. Default: none. */
    public Builder allowAddresses(List<InetSocketAddress> addresses) {
      allowedAddresses = addresses;
      return this;
    }

    /** The ports that a CONNECT may go to. Default: 443. */
    public Builder connectPorts(Set<Integer> ports) {
      connectPorts = Set.copyOf(ports);
      return this;
    }

    public Builder anyConnectPort() {
      connectPorts = null;
      return this;
    }

    /** What is made of the field by which proxies say who a client is. Default: nothing. */
    public Builder forwarded(ForwardedRules rules) {
      forwarded = rules;
      return this;
    }

    /** Begins each connection onward with a PROXY header that names the client. Default: not. */
    public Builder announceClients(ProxyVersion version) {
      announce = version;
      return this;
    }

    /** Relays streams that hold neither TLS nor HTTP. Default: they are closed. */
    public Builder relayUnknownTunnels() {
      relayUnknown = true;
      return this;
    }

    /** Refuses TLS that names no server. Default: it passes if its destination does. */
    public Builder refuseNamelessTls() {
      refuseNameless = true;
      return this;
    }

    /** Refuses TLS that names another server than the CONNECT did. Default: it passes. */
    public Builder refuseDisagreement() {
      refuseDisagreement = true;
      return this;
    }

    /** Inspects TLS like this, on the listeners that do. Default: no listener may. */
    public Builder inspection(Inspection how) {
      inspection = how;
      return this;
    }

    /** Holds origins to certificates like this. Default: by those whom Java trusts. */
    public Builder originTls(OriginTls tls) {
      originTls = tls;
      return this;
    }

    /** How many clients may be connected at once. Default: 50,000. */
    public Builder maxConnections(int connections) {
      maxConnections = connections;
      return this;
    }

    /** How many one client's address (IPv6: /64) may have of them. Default: 5,000. */
    public Builder connectionsPerClient(int connections) {
      connectionsPerClient = connections;
      return this;
    }

    /** How many connections onward one host and port may have. Default: 10,000. */
    public Builder connectionsPerHost(int connections) {
      connectionsPerHost = connections;
      return this;
    }

    /**
     * How many different entries of mandatory lists a client finds in an hour before its answers
     * are plain; 0 for no limit. Default: 1,000.
     */
    public Builder distinctHits(int most) {
      distinctHits = most;
      return this;
    }

    /** Reads large bodies and tunnels into the process, too. Default: the kernel moves them on. */
    public Builder withoutSplice() {
      splice = false;
      return this;
    }

    /** How long a stop waits for requests under way. Default: 30 s. */
    public Builder drain(Duration time) {
      drain = time;
      return this;
    }

    public GatewayConfig build() {
      if (inspection == null && listeners.stream().anyMatch(Listener::inspects)) {
        throw new IllegalArgumentException("a listener that inspects (expected: an inspection)");
      }
      if (inspection != null) {
        originTls.prepare();
      }
      return new GatewayConfig(this);
    }
  }
}
