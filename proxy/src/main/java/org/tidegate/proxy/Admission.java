package org.tidegate.proxy;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.upstream.Shares;

/**
 * Which clients may be connected: so many in all, so many of each address. Safe for use by many
 * threads.
 */
final class Admission {
  private static final int NETWORK_BYTES = 8;

  private final ChannelGroup clients;
  private final Shares<Network> shares = new Shares<>();

  /** An IPv4 address, or the /64 of an IPv6 one, which is what one subscriber has. */
  private record Network(int length, long bits) {
    static @Nullable Network of(Channel client) {
      if (!(client.remoteAddress() instanceof InetSocketAddress remote)) {
        return null;
      }
      InetAddress address = remote.getAddress();
      byte[] bytes = address.getAddress();
      long bits = 0;
      for (int i = 0; i < Math.min(bytes.length, NETWORK_BYTES); i++) {
        bits = bits << 8 | (bytes[i] & 0xff);
      }
      return new Network(bytes.length, bits);
    }

    /** Discloses nothing. */
    @Override
    public String toString() {
      return "Network";
    }
  }

  Admission(ChannelGroup clients) {
    this.clients = clients;
  }

  /** Lets a client in, for as long as its connection lasts, or not. */
  boolean admit(Channel client, int most, int mostOfEach) {
    if (clients.size() >= most) {
      return false;
    }
    Network network = Network.of(client);
    if (network != null) {
      if (!shares.take(network, mostOfEach)) {
        return false;
      }
      client.closeFuture().addListener(f -> shares.giveBack(network));
    }
    return clients.add(client);
  }
}
