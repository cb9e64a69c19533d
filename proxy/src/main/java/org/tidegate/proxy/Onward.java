package org.tidegate.proxy;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.upstream.DnsNames;
import org.tidegate.proxy.upstream.NameResolver;
import org.tidegate.proxy.upstream.OwnTraffic;
import org.tidegate.proxy.upstream.UpstreamSettings;
import org.tidegate.proxy.upstream.Upstreams;

/**
 * The way onward of one configuration. The next configuration takes over of it what it does not
 * change: idle connections, and what is known of names.
 */
record Onward(
    UpstreamSettings settings,
    Upstreams upstreams,
    List<InetSocketAddress> dnsServers,
    NameResolver names,
    Limits limits) {

  static Onward of(
      GatewayConfig config, Transport transport, OwnTraffic own, @Nullable Onward before) {
    NameResolver names = names(config, transport, before);
    UpstreamSettings settings = config.upstream();
    Upstreams upstreams =
        before != null && names == before.names && settings.equals(before.settings)
            ? before.upstreams
            : new Upstreams(transport.socket(), names, settings, own);
    return new Onward(settings, upstreams, config.dnsServers(), names, config.limits());
  }

  private static NameResolver names(
      GatewayConfig config, Transport transport, @Nullable Onward before) {
    NameResolver configured = config.names();
    if (configured != null) {
      return configured;
    }
    if (before != null
        && before.names instanceof DnsNames
        && config.dnsServers().equals(before.dnsServers)) {
      return before.names;
    }
    return new DnsNames(transport.datagram(), transport.socket(), config.dnsServers());
  }

  /** Gives up what the next does not use, once the requests that began with it cannot need it. */
  void giveUp(Onward next, EventLoopGroup loops) {
    if (next.upstreams != upstreams) {
      upstreams.close();
    }
    if (next.names != names) {
      // A request may be repeated on a new connection until its answer has begun.
      Duration needed = limits.connect().multipliedBy(2).plus(limits.response());
      loops.next().schedule(names::close, needed.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void close() {
    upstreams.close();
    names.close();
  }
}
