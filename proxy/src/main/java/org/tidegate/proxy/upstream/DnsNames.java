package org.tidegate.proxy.upstream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
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
import java.util.stream.Stream;

/** Resolves by DNS and the hosts file, one resolver an event loop. Search domains are off. */
public final class DnsNames implements NameResolver {
  private static final long MOST_BYTES = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);
  private static final int QUERY_TIMEOUT_MILLIS = 2_000;
  private static final DefaultHostsFileEntriesResolver HOSTS_FILE =
      new DefaultHostsFileEntriesResolver();

  private final Class<? extends DatagramChannel> udp;
  private final Class<? extends SocketChannel> tcp;
  private final DnsServerAddressStreamProvider servers;
  private final DnsAnswers answers = new DnsAnswers(MOST_BYTES, Ticker.systemTicker());
  private final Map<EventLoop, DnsLookups> lookups = new ConcurrentHashMap<>();

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
            : new SequentialDnsServerAddressStreamProvider(twice(servers));
  }

  @Override
  public Future<List<InetSocketAddress>> resolve(String host, int port, EventLoop loop) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    if (address != null) {
      return loop.newSucceededFuture(List.of(socketAddress(address, port)));
    }
    List<InetAddress> byFile = HOSTS_FILE.addresses(host, ResolvedAddressTypes.IPV6_PREFERRED);
    DnsAnswer known =
        byFile == null ? answers.get(host) : new DnsAnswer(byFile, Long.MAX_VALUE, true);
    Promise<List<InetSocketAddress>> result = loop.newPromise();
    if (known != null) {
      give(known, port, result);
    } else {
      lookups
          .computeIfAbsent(loop, l -> new DnsLookups(l, resolver(l), answers))
          .ask(host)
          .addListener((Future<DnsAnswer> asked) -> give(asked.getNow(), port, result));
    }
    return result;
  }

  private static void give(DnsAnswer answer, int port, Promise<List<InetSocketAddress>> result) {
    if (answer.addresses().isEmpty()) {
      result.setFailure(new UnknownHostException());
    } else {
      result.setSuccess(
          answer.addresses().stream().map(a -> new InetSocketAddress(a, port)).toList());
    }
  }

  private static InetSocketAddress socketAddress(byte[] address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 or 16 bytes expected", e);
    }
  }

  /** A datagram may get lost: each configured server is asked once more. */
  private static List<InetSocketAddress> twice(List<InetSocketAddress> servers) {
    return Stream.concat(servers.stream(), servers.stream()).toList();
  }

  private DnsNameResolver resolver(EventLoop loop) {
    return new DnsNameResolverBuilder(loop)
        .datagramChannelType(udp)
        .socketChannelType(tcp, true)
        .nameServerProvider(servers)
        .resolveCache(NoopDnsCache.INSTANCE)
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .searchDomains(List.of())
        .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
        .maxQueriesPerResolve(16)
        .build();
  }

  @Override
  public void close() {
    lookups.values().forEach(DnsLookups::close);
    lookups.clear();
  }
}
