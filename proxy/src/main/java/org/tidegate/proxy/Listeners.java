package org.tidegate.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The sockets that clients connect to, by the address that was configured. Not for many threads.
 */
final class Listeners {
  private final ServerBootstrap bootstrap;
  private final Map<InetSocketAddress, Channel> open = new LinkedHashMap<>();

  Listeners(ServerBootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Opens those that are not open yet: all of them or none. */
  void open(List<InetSocketAddress> addresses) throws ListenException {
    List<InetSocketAddress> opened = new ArrayList<>();
    for (InetSocketAddress address : new LinkedHashSet<>(addresses)) {
      if (!open.containsKey(address)) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
          opened.forEach(this::close);
          throw new ListenException(address, bound.cause());
        }
        open.put(address, bound.channel());
        opened.add(address);
      }
    }
  }

  /** Closes all but those. */
  void closeOthers(List<InetSocketAddress> addresses) {
    List.copyOf(open.keySet()).stream().filter(a -> !addresses.contains(a)).forEach(this::close);
  }

  private void close(InetSocketAddress address) {
    Channel listener = open.remove(address);
    if (listener != null) {
      listener.close().awaitUninterruptibly();
    }
  }

  /** Where they really listen, in the order in which they were opened. */
  List<InetSocketAddress> addresses() {
    return open.values().stream().map(c -> (InetSocketAddress) c.localAddress()).toList();
  }
}
