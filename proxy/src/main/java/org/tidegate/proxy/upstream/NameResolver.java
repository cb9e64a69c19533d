package org.tidegate.proxy.upstream;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;

/** Resolves host names without waiting. */
public interface NameResolver extends AutoCloseable {
  /**
   * Where a host's port is to be reached, in both families; the future fails where nowhere is.
   *
   * @param host a name in canonical form, or an address: IPv4 dotted, IPv6 in brackets
   */
  Future<List<InetSocketAddress>> resolve(String host, int port, EventLoop loop);

  @Override
  default void close() {}
}
