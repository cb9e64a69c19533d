package org.tidegate.proxy.upstream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Resolves by DNS and the hosts file, one resolver an event loop. Search domains are off. */
public final class DnsNames implements NameResolver {
  private static final int MAX_NAMES = 50_000;
  private static final int QUERY_TIMEOUT_MILLIS = 2_000;

  private final Class<? extends DatagramChannel> udp;
  private final Class<? extends SocketChannel> tcp;
  private final DnsServerAddressStreamProvider servers;
  private final DnsCache cache = new DnsAnswers(MAX_NAMES, Ticker.systemTicker());
  private final Map<EventLoop, DnsNameResolver> resolvers = new ConcurrentHashMap<>();

  /**
   * Makes a resolver.
   *
   * @param servers the name servers to ask, in this order; none for the system's
   */
  public DnsNames(
      Class<? extends DatagramChannel> udp,
      Class<? extends SocketChannel> tcp,
      List<InetSocketAddress> servers) {
    this.udp = udp;
    this.tcp = tcp;
    this.servers =
        servers.isEmpty()
            ? DnsServerAddressStreamProviders.platformDefault()
            : new SequentialDnsServerAddressStreamProvider(servers);
  }

  @Override
  public Future<List<InetSocketAddress>> resolve(String host, int port, EventLoop loop) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    if (address != null) {
      return loop.newSucceededFuture(List.of(socketAddress(address, port)));
    }
    Promise<List<InetSocketAddress>> result = loop.newPromise();
    resolvers
        .computeIfAbsent(loop, this::create)
        .resolveAll(host)
        .addListener(
            (Future<List<InetAddress>> found) -> {
              if (found.isSuccess()) {
                result.setSuccess(
                    found.getNow().stream().map(a -> new InetSocketAddress(a, port)).toList());
              } else {
                result.setFailure(found.cause());
              }
            });
    return result;
  }

  private static InetSocketAddress socketAddress(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 or 16 bytes expected", e);
    }
  }

  private DnsNameResolver create(EventLoop loop) {
    return new DnsNameResolverBuilder(loop)
        .datagramChannelType(udp)
        .socketChannelType(tcp, true)
        .nameServerProvider(servers)
        .resolveCache(cache)
        .cnameCache(NoopDnsCnameCache.INSTANCE) // unbounded otherwise, and of no use to a stub
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .searchDomains(List.of())
        .resolvedAddressTypes(ResolvedAddressTypes.IPV6_PREFERRED)
        .completeOncePreferredResolved(false)
        .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
        .maxQueriesPerResolve(16)
        .build();
  }

  @Override
  public void close() {
    resolvers.values().forEach(DnsNameResolver::close);
    resolvers.clear();
  }
}
