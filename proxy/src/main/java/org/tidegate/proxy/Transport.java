package org.tidegate.proxy;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The channels of one kind of input and output: epoll where it loads, NIO elsewhere. */
record Transport(
    IoHandlerFactory handlers,
    Class<? extends ServerSocketChannel> server,
    Class<? extends SocketChannel> socket,
    Class<? extends DatagramChannel> datagram) {

  static Transport best() {
    return Epoll.isAvailable()
        ? new Transport(
            ReturningEpoll.factory(),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollDatagramChannel.class)
        : nio();
  }

  static Transport nio() {
    return new Transport(
        NioIoHandler.newFactory(),
        NioServerSocketChannel.class,
        NioSocketChannel.class,
        NioDatagramChannel.class);
  }
}
