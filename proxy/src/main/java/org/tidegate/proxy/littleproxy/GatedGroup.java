package org.tidegate.proxy.littleproxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.littleshoot.proxy.TransportProtocol;
import org.littleshoot.proxy.impl.ServerGroup;

/**
 * LittleProxy's threads, with event loops for clients that put a gate in the place of LittleProxy's
 * own request decoder: the one hook that comes before a connection's first byte.
 */
final class GatedGroup extends ServerGroup {
  private static final String LITTLEPROXYS_DECODER = "decoder";

  private final EventLoopGroup clients;

  GatedGroup(Supplier<FrontGate> gates) {
    super(
        "Tidegate",
        DEFAULT_INCOMING_ACCEPTOR_THREADS,
        1, // never used
        DEFAULT_OUTGOING_WORKER_THREADS);
    clients = new GatedLoops(gates);
  }

  @Override
  public EventLoopGroup getClientToProxyWorkerPoolForTransport(TransportProtocol protocol) {
    return clients;
  }

  @Override
  public void shutdown(boolean graceful) {
    super.shutdown(graceful);
    clients.shutdownGracefully(0, graceful ? 5 : 0, TimeUnit.SECONDS);
  }

  private static final class GatedLoops extends MultiThreadIoEventLoopGroup {
    private final Supplier<FrontGate> gates;

    GatedLoops(Supplier<FrontGate> gates) {
      super(DEFAULT_INCOMING_WORKER_THREADS, NioIoHandler.newFactory());
      this.gates = gates;
    }

    /** A connection that was accepted: LittleProxy's own initialiser stands before this one. */
    @Override
    public ChannelFuture register(Channel client) {
      client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      client
          .pipeline()
          .addLast(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel.pipeline().replace(LITTLEPROXYS_DECODER, "gate", gates.get());
                }
              });
      return super.register(client);
    }
  }
}
