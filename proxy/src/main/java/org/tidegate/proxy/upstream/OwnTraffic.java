package org.tidegate.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of the traffic that arrives is the gateway's own, so that it would go round for ever: what
 * is meant for its listeners, and what it sent itself and was led back. Safe for many threads.
 */
public final class OwnTraffic {
  private record Flow(InetSocketAddress from, InetSocketAddress to) {}

  /**
   * Connections onward on which no byte has come back, and how often what they carry came round
   * before. One that was led back is among them, since it waits for itself.
   */
  private final Map<Flow, Integer> unanswered = new ConcurrentHashMap<>();

  private volatile boolean intercepts;
  private volatile List<InetSocketAddress> listeners = List.of();
  private volatile Set<InetAddress> addresses = Set.of();

  /**
   * Says where the gateway listens from now on.
   *
   * @param transparent whether one of the listeners gets connections meant for others
   */
  public void listensOn(List<InetSocketAddress> sockets, boolean transparent) {
    intercepts = transparent;
    addresses = AddressRules.ownAddresses();
    listeners = List.copyOf(sockets);
  }

  /** Whether a connection there would come to one of the listeners. */
  public boolean isListener(InetSocketAddress target) {
    for (InetSocketAddress listener : listeners) {
      if (listener.getPort() == target.getPort() && covers(listener, target.getAddress())) {
        return true;
      }
    }
    return false;
  }

  private boolean covers(InetSocketAddress listener, InetAddress address) {
    return listener.getAddress().equals(address)
        || (listener.getAddress().isAnyLocalAddress()
            && (address.isLoopbackAddress() || addresses.contains(address)));
  }

  /**
   * How often what comes by a connection was sent on by the gateway before. Once may be chance: a
   * client's own connection that has the port of one made on its behalf.
   */
  public int rounds(InetSocketAddress client, InetSocketAddress destination) {
    Integer before = unanswered.get(new Flow(client, destination));
    return before == null ? 0 : before + 1;
  }

  /** Takes note of a connection onward that has just been made. */
  void began(Channel channel, int rounds) {
    if (intercepts
        && channel.localAddress() instanceof InetSocketAddress from
        && channel.remoteAddress() instanceof InetSocketAddress to) {
      Flow flow = new Flow(from, to);
      unanswered.put(flow, rounds);
      channel.closeFuture().addListener(f -> unanswered.remove(flow));
      channel.pipeline().addFirst(new UntilAnswered(flow));
    }
  }

  private final class UntilAnswered extends ChannelInboundHandlerAdapter {
    private final Flow flow;

    UntilAnswered(Flow flow) {
      this.flow = flow;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      unanswered.remove(flow);
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(message);
    }
  }
}
