package org.tidegate.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.exchange.ClientConnection;
import org.tidegate.proxy.exchange.Judge;
import org.tidegate.proxy.exchange.Services;
import org.tidegate.proxy.upstream.AddressRules;
import org.tidegate.proxy.upstream.DnsNames;
import org.tidegate.proxy.upstream.NameResolver;
import org.tidegate.proxy.upstream.Upstreams;

/**
 * An explicit HTTP proxy that judges every request. Started by {@link #start}; its methods are safe
 * for use by many threads.
 */
public final class Gateway implements AutoCloseable {
  private final EventLoopGroup loops;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Upstreams upstreams;
  private final Channel listener;
  private final Duration drain;

  private Gateway(
      EventLoopGroup loops,
      Upstreams upstreams,
      GatewayConfig config,
      Transport transport,
      Services services)
      throws IOException {
    this.loops = loops;
    this.upstreams = upstreams;
    this.drain = config.drain();
    this.listener = listen(config, transport, services);
  }

  /**
   * Starts listening; requests are judged by what the filter holds at each moment.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static Gateway start(GatewayConfig config, UrlFilter filter) throws IOException {
    return start(config, filter, Transport.best());
  }

  static Gateway start(GatewayConfig config, UrlFilter filter, Transport transport)
      throws IOException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(transport.handlers());
    NameResolver configured = config.names();
    NameResolver names =
        configured == null
            ? new DnsNames(transport.datagram(), transport.socket(), List.of())
            : configured;
    Upstreams upstreams =
        new Upstreams(
            transport.socket(),
            names,
            new AddressRules(config.privateAllowed(), config.allowedAddresses()),
            SslContextBuilder.forClient().build(),
            config.limits().connect(),
            config.limits().upstreamIdle(),
            config.parent());
    Services services =
        new Services(
            new Judge(filter, config.failurePolicy()),
            upstreams,
            config.splash(),
            config.limits(),
            config::mayConnectTo,
            config.relayUnknownTunnels());
    try {
      return new Gateway(loops, upstreams, config, transport, services);
    } catch (IOException e) {
      upstreams.close();
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
  }

  private Channel listen(GatewayConfig config, Transport transport, Services services)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.server())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (clients.size() >= config.maxConnections()) {
                      channel.close();
                      return;
                    }
                    clients.add(channel);
                    channel.pipeline().addLast(new ClientConnection(channel, services));
                  }
                })
            .bind(config.listen())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + config.listen(), bound.cause());
    }
    return bound.channel();
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Stops: takes no new connection, lets the requests under way end within the drain time, then
   * closes what is left.
   */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    for (Channel client : clients) {
      client
          .eventLoop()
          .execute(
              () -> {
                ClientConnection connection = client.pipeline().get(ClientConnection.class);
                if (connection != null) {
                  connection.drain();
                }
              });
    }
    if (!clients.newCloseFuture().awaitUninterruptibly(drain.toMillis())) {
      clients.close().awaitUninterruptibly();
    }
    upstreams.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
