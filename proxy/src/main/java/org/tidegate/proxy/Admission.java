package org.tidegate.proxy;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import org.tidegate.proxy.exchange.Subscriber;
import org.tidegate.proxy.upstream.Shares;

/**
 * Which clients may be connected: so many in all, so many of each address. Safe for use by many
 * threads.
 */
final class Admission {
  private final ChannelGroup clients;
  private final Shares<Subscriber> shares = new Shares<>();

  Admission(ChannelGroup clients) {
    this.clients = clients;
  }

  /** Lets a client in, for as long as its connection lasts, or not. */
  boolean admit(Channel client, int most, int mostOfEach) {
    if (clients.size() >= most) {
      return false;
    }
    if (client.remoteAddress() instanceof InetSocketAddress remote) {
      Subscriber subscriber = Subscriber.of(remote.getAddress().getAddress());
      if (!shares.take(subscriber, mostOfEach)) {
        return false;
      }
      client.closeFuture().addListener(f -> shares.giveBack(subscriber));
    }
    return clients.add(client);
  }
}
