package org.tidegate.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.listen.Arrival;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.listen.OriginalDestination;
import org.tidegate.proxy.upstream.OwnTraffic;

/**
 * The sockets that clients connect to, by the address that was configured. Not for many threads.
 */
final class Listeners {
  private static final AttributeKey<Listener> LISTENER =
      AttributeKey.valueOf(Listeners.class, "listener");

  private final ServerBootstrap bootstrap;
  private final Interception interception;
  private final OwnTraffic own;
  private final Map<InetSocketAddress, Channel> open = new LinkedHashMap<>();

  Listeners(ServerBootstrap bootstrap, Transport transport, OwnTraffic own) {
    this.bootstrap = bootstrap;
    this.interception = new Interception(transport, bootstrap.config().group());
    this.own = own;
  }

  /** Opens those that are not open yet: all of them or none. What is said of open ones holds. */
  void open(List<Listener> listeners) throws ListenException {
    List<InetSocketAddress> opened = new ArrayList<>();
    try {
      for (Listener listener : listeners) {
        interception.prepare(listener);
        Channel socket = open.get(listener.address());
        if (socket == null) {
          open.put(listener.address(), bind(listener));
          opened.add(listener.address());
        } else {
          interception.equip(socket, listener);
        }
      }
    } catch (ListenException e) {
      opened.forEach(this::close);
      throw e;
    }
    listeners.forEach(l -> socket(l).attr(LISTENER).set(l));
    own.listensOn(addresses(), listeners.stream().anyMatch(Listener::isTransparent));
  }

  private Channel bind(Listener listener) throws ListenException {
    ChannelFuture registered = bootstrap.clone().register().awaitUninterruptibly();
    Channel socket = registered.channel();
    ChannelFuture bound = registered;
    try {
      if (registered.isSuccess()) {
        socket.attr(LISTENER).set(listener);
        interception.equip(socket, listener);
        bound = socket.bind(listener.address()).awaitUninterruptibly();
      }
      if (!bound.isSuccess()) {
        throw new ListenException(listener.address(), bound.cause());
      }
      return socket;
    } catch (ListenException e) {
      socket.close().awaitUninterruptibly();
      throw e;
    }
  }

  private Channel socket(Listener listener) {
    Channel socket = open.get(listener.address());
    if (socket == null) {
      throw new IllegalStateException("no socket (expected: an open listener)");
    }
    return socket;
  }

  /** What an accepted connection came by. */
  static Listener of(SocketChannel channel) {
    return channel.parent().attr(LISTENER).get();
  }

  /** How an accepted connection came in; null if it is not to be served. */
  static @Nullable Arrival arrival(SocketChannel channel) {
    Listener listener = of(channel);
    InetSocketAddress client = channel.remoteAddress();
    if (client == null || !listener.admits(client.getAddress())) {
      return null;
    }
    return new Arrival(listener, client, OriginalDestination.of(channel, listener.kind()));
  }

  /** Closes all but those. */
  void closeOthers(List<Listener> listeners) {
    List<InetSocketAddress> kept = listeners.stream().map(Listener::address).toList();
    List.copyOf(open.keySet()).stream().filter(a -> !kept.contains(a)).forEach(this::close);
  }

  private void close(InetSocketAddress address) {
    Channel listener = open.remove(address);
    if (listener != null) {
      listener.close().awaitUninterruptibly();
    }
  }

  /** Those that are open, at the addresses that they really have. */
  List<Listener> all() {
    return open.values().stream()
        .map(c -> c.attr(LISTENER).get().at((InetSocketAddress) c.localAddress()))
        .toList();
  }

  /** Where they really listen, in the order in which they were opened. */
  List<InetSocketAddress> addresses() {
    return open.values().stream().map(c -> (InetSocketAddress) c.localAddress()).toList();
  }
}
