package org.tidegate.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.exchange.ClientConnection;
import org.tidegate.proxy.exchange.HitLimit;
import org.tidegate.proxy.exchange.Judge;
import org.tidegate.proxy.exchange.Services;
import org.tidegate.proxy.listen.Arrival;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.upstream.OwnTraffic;
import org.tidegate.proxy.upstream.PeerHandler;
import org.tidegate.proxy.upstream.ReadSizes;

/**
 * An explicit HTTP proxy that judges every request. Started by {@link #start}; its methods are safe
 * for use by many threads.
 */
public final class Gateway implements AutoCloseable {
  /** What requests are served with that begin now. */
  private record Current(GatewayConfig config, Onward onward, Services services) {}

  private final Transport transport;
  private final UrlFilter filter;
  private final EventLoopGroup loops;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Admission admission = new Admission(clients);
  private final Listeners listeners;
  private final OwnTraffic own = new OwnTraffic();
  private final HitLimit hits = new HitLimit(HitLimit.DEFAULT);
  private volatile Current current;

  private Gateway(GatewayConfig config, UrlFilter filter, Transport transport) {
    this.transport = transport;
    this.filter = filter;
    this.loops = new MultiThreadIoEventLoopGroup(loopCount(), transport.handlers());
    this.listeners = new Listeners(bootstrap(), transport, own);
    this.current = configured(config, null);
  }

  /**
   * Starts listening; requests are judged by what the filter holds at each moment.
   *
   * @throws ListenException if an address cannot be listened on
   */
  public static Gateway start(GatewayConfig config, UrlFilter filter) throws IOException {
    return start(config, filter, Transport.best());
  }

  static Gateway start(GatewayConfig config, UrlFilter filter, Transport transport)
      throws IOException {
    Gateway gateway = new Gateway(config, filter, transport);
    try {
      gateway.listeners.open(config.listeners());
      return gateway;
    } catch (ListenException e) {
      gateway.current.onward.close();
      gateway.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Takes over a configuration from the next request on; requests under way end as they began.
   * Listeners are opened and closed as it says; connections that came by a closed one go on.
   *
   * @throws ListenException if an address cannot be listened on: then all is as it was
   */
  public synchronized void adopt(GatewayConfig config) throws ListenException {
    listeners.open(config.listeners());
    Onward before = current.onward;
    current = configured(config, before);
    listeners.closeOthers(config.listeners());
    before.giveUp(current.onward, loops);
  }

  private Current configured(GatewayConfig config, @Nullable Onward before) {
    Onward onward = Onward.of(config, transport, own, before);
    Services services =
        new Services(
            new Judge(filter, config.events(), hits.of(config.distinctHits())),
            config.events(),
            onward.upstreams(),
            own,
            config.splash(),
            config.autoConfig(),
            config.limits(),
            config::mayConnectTo,
            config.forwarded(),
            config.tunnels(),
            config.inspection(),
            config.splice());
    return new Current(config, onward, services);
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops)
        .channel(transport.server())
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .handler(new AcceptPause())
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ReadSizes.ONE_READ_AHEAD)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            });
  }

  private void accept(SocketChannel channel) {
    Current now = current;
    GatewayEvents events = now.config.events();
    GatewayConfig config = now.config;
    Arrival arrival = Listeners.arrival(channel);
    ListenerKind listener = Listeners.of(channel).seen();
    if (!admission.admit(channel, config.maxConnections(), config.connectionsPerClient())) {
      events.clientTurnedAway(listener);
      channel.close();
      return;
    }
    if (arrival == null) {
      PeerHandler.abort(channel);
      return;
    }
    events.clientConnected(listener);
    channel.closeFuture().addListener(f -> events.clientGone(listener));
    channel.config().setRecvByteBufAllocator(new ReadSizes());
    channel.pipeline().addLast(new ClientConnection(channel, arrival, () -> current.services));
  }

  /** One for each processor: they never wait, and more would only take turns. */
  private static int loopCount() {
    return NettyRuntime.availableProcessors();
  }

  /** Where clients connect to: the first listener. */
  public InetSocketAddress address() {
    return addresses().get(0);
  }

  /** Where clients connect to, each listener in turn. */
  public synchronized List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /** The listeners that are open, at the addresses that they really have. */
  public synchronized List<Listener> listeners() {
    return listeners.all();
  }

  /**
   * Stops: takes no new connection, lets the requests under way end within the drain time, then
   * closes what is left. Stopping again does nothing.
   */
  @Override
  public synchronized void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    listeners.closeOthers(List.of());
    for (Channel client : clients) {
      client
          .eventLoop()
          .execute(
              () -> {
                ClientConnection connection = client.pipeline().get(ClientConnection.class);
                if (connection == null) {
                  client.close(); // HTTP/2 ends its streams first
                } else {
                  connection.drain();
                }
              });
    }
    if (!clients.newCloseFuture().awaitUninterruptibly(current.config.drain().toMillis())) {
      clients.forEach(client -> client.pipeline().firstContext().close());
      clients.newCloseFuture().awaitUninterruptibly();
    }
    current.onward.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
