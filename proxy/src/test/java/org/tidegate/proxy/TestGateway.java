package org.tidegate.proxy;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.upstream.NameResolver;

/** A gateway on loopback for which every name leads to one origin, and loopback to itself. */
final class TestGateway {
  static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private TestGateway() {}

  static Gateway start(
      InetSocketAddress origin, UrlFilter filter, UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    return start(Listener.explicit(LOOPBACK), origin, filter, more);
  }

  static Gateway start(
      Listener listener,
      InetSocketAddress origin,
      UrlFilter filter,
      UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    GatewayConfig.Builder builder =
        GatewayConfig.listening(listener)
            .names(everythingAt(origin))
            .allowAddresses(List.of(origin))
            .anyConnectPort()
            .drain(Duration.ofSeconds(5));
    return Gateway.start(more.apply(builder).build(), filter);
  }

  static NameResolver everythingAt(InetSocketAddress origin) {
    return new NameResolver() {
      @Override
      public Future<List<InetSocketAddress>> resolve(String host, int port, EventLoop loop) {
        boolean loopback = host.startsWith("127.");
        return loop.newSucceededFuture(
            List.of(loopback ? new InetSocketAddress(host, port) : origin));
      }
    };
  }
}
