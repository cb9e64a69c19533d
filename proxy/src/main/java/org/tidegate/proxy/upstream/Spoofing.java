package org.tidegate.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Connections from an address that is not the machine's (Linux, {@code IP_TRANSPARENT}). */
public final class Spoofing {
  private Spoofing() {}

  /** Has the connections that a bootstrap makes come from that address. */
  public static void bind(Bootstrap bootstrap, InetAddress source) {
    bootstrap
        .option(EpollChannelOption.IP_TRANSPARENT, true)
        .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true) // a port for each destination
        .localAddress(from(source));
  }

  /** What a socket is bound to that is to come from that address. */
  public static InetSocketAddress from(InetAddress source) {
    return new InetSocketAddress(source, 0);
  }
}
