package org.tidegate.proxy.littleproxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HostResolver;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersSource;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.exchange.HitLimit;
import org.tidegate.proxy.exchange.Judge;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.upstream.AddressRules;

/**
 * Tidegate for an application that runs a LittleProxy of its own: begun by {@link #of}, put in by
 * {@link #into}. Should its other half, the gate on the client's connection, be missing, every
 * request is refused. The settings are made before {@code into}; after it, this is safe for many
 * threads.
 */
public final class GatedFilters implements HttpFiltersSource {
  private final UrlFilter filter;
  private HttpFiltersSource own = new HttpFiltersSourceAdapter();
  private SplashPage splash = SplashPage.builtIn();
  private GatewayEvents events = GatewayEvents.IGNORED;
  private Limits limits = Limits.DEFAULT;
  private IntPredicate connectPorts = port -> port == 443;
  private int distinctHits = HitLimit.DEFAULT;
  private boolean relayUnknownTunnels;
  private boolean privateAllowed;
  private List<InetSocketAddress> allowedAddresses = List.of();
  private @Nullable HostResolver names;

  private GatedFilters(UrlFilter filter) {
    this.filter = filter;
  }

  /** Begins with the defaults: the shipped splash page, CONNECT to port 443 alone. */
  public static GatedFilters of(UrlFilter filter) {
    return new GatedFilters(filter);
  }

  /**
   * The application's own filters. They see what passed the gate, and may change fields, bodies and
   * answers; the target is sent as it was judged, whatever they make of it.
   */
  public GatedFilters around(HttpFiltersSource filters) {
    own = filters;
    return this;
  }

  public GatedFilters splash(SplashPage page) {
    splash = page;
    return this;
  }

  /** Tells of what is judged, refused and not served. */
  public GatedFilters events(GatewayEvents listener) {
    events = listener;
    return this;
  }

  /** Of these hold: the sizes, and the times of a client that is awaited. */
  public GatedFilters limits(Limits bounds) {
    limits = bounds;
    return this;
  }

  /**
   * How many different entries of mandatory lists a client finds in an hour before its answers are
   * plain; 0 for no limit. Default: 1,000.
   */
  public GatedFilters distinctHits(int most) {
    distinctHits = most;
    return this;
  }

  /** The ports that a CONNECT may go to. Default: 443. */
  public GatedFilters connectPorts(Set<Integer> ports) {
    connectPorts = Set.copyOf(ports)::contains;
    return this;
  }

  public GatedFilters anyConnectPort() {
    connectPorts = port -> true;
    return this;
  }

  /** Relays tunnels that hold neither TLS nor HTTP. Default: they are closed. */
  public GatedFilters relayUnknownTunnels() {
    relayUnknownTunnels = true;
    return this;
  }

  /** Lets requests go to private networks. Default: not. */
  public GatedFilters allowPrivateNetworks() {
    privateAllowed = true;
    return this;
  }

  /** Lets requests go to these, whatever the address rules say. Default: none. */
  public GatedFilters allowAddresses(List<InetSocketAddress> addresses) {
    allowedAddresses = addresses;
    return this;
  }

  /** Resolves names by this, within the address rules. Default: the system. */
  public GatedFilters names(HostResolver resolver) {
    names = resolver;
    return this;
  }

  /**
   * Puts it into a proxy that is about to start. It brings a filters source, a server group, a
   * resolver that keeps to the address rules, and LittleProxy's "transparent" mode, in which
   * LittleProxy leaves fields alone and adds no name of the machine; do not set these afterwards.
   */
  public HttpProxyServerBootstrap into(HttpProxyServerBootstrap bootstrap) {
    Terms terms =
        new Terms(
            new Judge(filter, events, new HitLimit(distinctHits)),
            events,
            splash,
            limits,
            connectPorts,
            relayUnknownTunnels);
    return bootstrap
        .withFiltersSource(this)
        .withServerGroup(new GatedGroup(() -> new FrontGate(terms)))
        .withServerResolver(
            new RuledNames(new AddressRules(privateAllowed, allowedAddresses), names))
        .withMaxHeaderSize(2 * limits.fieldBytes()) // answers as AnswerGate writes them
        .withTransparent(true);
  }

  @Override
  public HttpFilters filterRequest(HttpRequest request, @Nullable ChannelHandlerContext client) {
    FrontGate gate = client == null ? null : client.pipeline().get(FrontGate.class);
    Given given = gate == null ? null : gate.given();
    if (gate == null || given == null || !given.isSeenAs(request)) {
      return new Refusing();
    }
    HttpFilters filters = own.filterRequest(request, client);
    return new GuardedFilters(filters == null ? new NoFilters(request) : filters, gate, given);
  }

  @Override
  public int getMaximumRequestBufferSizeInBytes() {
    return own.getMaximumRequestBufferSizeInBytes();
  }

  @Override
  public int getMaximumResponseBufferSizeInBytes() {
    return own.getMaximumResponseBufferSizeInBytes();
  }
}
