package org.tidegate.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.upstream.Spoofing;

/** What the kernel has to grant for transparent listeners: asked for and read back at the start. */
final class Interception {
  private static final String CAPABILITY =
      "the kernel did not grant IP_TRANSPARENT (expected: the capability CAP_NET_RAW)";

  /** Nobody's own (RFC 5737): only a socket that may spoof can be bound to it. */
  private static final InetAddress SOMEBODY_ELSE =
      NetUtil.createInetAddressFromIpAddressString("192.0.2.1");

  private final Transport transport;
  private final EventLoopGroup loops;

  Interception(Transport transport, EventLoopGroup loops) {
    this.transport = transport;
    this.loops = loops;
  }

  /** Makes sure, before a listener opens, that what comes by it can be served. */
  void prepare(Listener listener) throws ListenException {
    if (listener.isTransparent() && transport.server() != EpollServerSocketChannel.class) {
      throw new ListenException(
          listener.address(), "no epoll here (expected: Linux, for a transparent listener)");
    }
    if (listener.spoofing()) {
      requireSpoofing(listener);
    }
  }

  private void requireSpoofing(Listener listener) throws ListenException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(transport.socket())
            .handler(new ChannelInboundHandlerAdapter());
    Channel socket = bootstrap.register().awaitUninterruptibly().channel();
    try {
      set(socket, listener);
      ChannelFuture bound = socket.bind(Spoofing.from(SOMEBODY_ELSE)).awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw new ListenException(listener.address(), CAPABILITY);
      }
    } finally {
      socket.close().awaitUninterruptibly();
    }
  }

  /** Sets what a listening socket needs. */
  void equip(Channel socket, Listener listener) throws ListenException {
    if (listener.kind() == Listener.Kind.TPROXY) {
      set(socket, listener);
    }
  }

  private static void set(Channel socket, Listener listener) throws ListenException {
    boolean granted;
    try {
      socket.config().setOption(EpollChannelOption.IP_TRANSPARENT, true);
      granted = Boolean.TRUE.equals(socket.config().getOption(EpollChannelOption.IP_TRANSPARENT));
    } catch (ChannelException e) {
      granted = false;
    }
    if (!granted) {
      throw new ListenException(listener.address(), CAPABILITY);
    }
  }
}
