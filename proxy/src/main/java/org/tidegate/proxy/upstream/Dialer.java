package org.tidegate.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections: resolves the host, leaves out what the address rules refuse, and tries the
 * rest by turns of family, {@value #STAGGER_MILLIS} ms apart (RFC 8305), until one is open.
 * Immutable.
 */
final class Dialer {
  static final int STAGGER_MILLIS = 250;
  private static final int MAX_ADDRESSES = 8;

  private final Class<? extends SocketChannel> channelType;
  private final NameResolver names;
  private final AddressRules rules;
  private final Duration timeout;

  Dialer(
      Class<? extends SocketChannel> channelType,
      NameResolver names,
      AddressRules rules,
      Duration timeout) {
    this.channelType = channelType;
    this.names = names;
    this.rules = rules;
    this.timeout = timeout;
  }

  /** Opens a connection with reading off; the future fails with a {@link DialFailure}. */
  Future<Channel> dial(String host, int port, boolean unchecked, EventLoop loop) {
    Promise<Channel> result = loop.newPromise();
    var expiry =
        loop.schedule(
            () -> result.tryFailure(new DialFailure(DialFailure.Reason.TIMED_OUT)),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    result.addListener(f -> expiry.cancel(false));
    names
        .resolve(host, port, loop)
        .addListener(
            (Future<List<InetSocketAddress>> found) -> {
              if (!found.isSuccess()) {
                result.tryFailure(new DialFailure(DialFailure.Reason.NAME_NOT_FOUND));
                return;
              }
              Queue<InetSocketAddress> targets = targets(found.getNow(), unchecked);
              if (targets.isEmpty()) {
                result.tryFailure(new DialFailure(DialFailure.Reason.ADDRESS_REFUSED));
              } else {
                new Race(targets, unchecked, loop, result).start();
              }
            });
    return result;
  }

  /** What may be tried, IPv6 and IPv4 by turns, in the resolver's order within each. */
  private Queue<InetSocketAddress> targets(List<InetSocketAddress> found, boolean unchecked) {
    List<InetSocketAddress> v6 = new ArrayList<>();
    List<InetSocketAddress> v4 = new ArrayList<>();
    for (InetSocketAddress target : found) {
      if (unchecked || rules.allow(target)) {
        (target.getAddress() instanceof Inet6Address ? v6 : v4).add(target);
      }
    }
    Queue<InetSocketAddress> targets = new ArrayDeque<>();
    for (int i = 0; i < Math.max(v6.size(), v4.size()) && targets.size() < MAX_ADDRESSES; i++) {
      if (i < v6.size()) {
        targets.add(v6.get(i));
      }
      if (i < v4.size()) {
        targets.add(v4.get(i));
      }
    }
    return targets;
  }

  /** One dial's attempts. Runs on one event loop. */
  private final class Race {
    private final Queue<InetSocketAddress> targets;
    private final boolean unchecked;
    private final EventLoop loop;
    private final Promise<Channel> result;
    private int running;

    Race(
        Queue<InetSocketAddress> targets,
        boolean unchecked,
        EventLoop loop,
        Promise<Channel> result) {
      this.targets = targets;
      this.unchecked = unchecked;
      this.loop = loop;
      this.result = result;
    }

    void start() {
      InetSocketAddress target = targets.poll();
      if (target == null || result.isDone()) {
        return;
      }
      running++;
      ChannelFuture attempt =
          new Bootstrap()
              .group(loop)
              .channel(channelType)
              .option(ChannelOption.AUTO_READ, false)
              .option(ChannelOption.AUTO_CLOSE, false) // a failed write leaves an answer to read
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
              .handler(new NoHandler())
              .connect(target);
      var next = loop.schedule(this::start, STAGGER_MILLIS, TimeUnit.MILLISECONDS);
      result.addListener(
          f -> {
            next.cancel(false);
            if (!attempt.isDone()) {
              attempt.channel().close();
            }
          });
      attempt.addListener(f -> finish(attempt, next));
    }

    private void finish(ChannelFuture attempt, Future<?> next) {
      running--;
      if (attempt.isSuccess() && reachedItself(attempt.channel())) {
        attempt.channel().close();
        result.tryFailure(new DialFailure(DialFailure.Reason.ADDRESS_REFUSED));
        return;
      }
      if (attempt.isSuccess()) {
        if (!result.trySuccess(attempt.channel())) {
          attempt.channel().close();
        }
        return;
      }
      if (next.cancel(false)) { // the next one has not begun yet
        start();
      }
      failIfOver();
    }

    /** An address that became the machine's own after the start, a shared one for instance. */
    private boolean reachedItself(Channel channel) {
      InetSocketAddress local = (InetSocketAddress) channel.localAddress();
      InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
      return !unchecked
          && local != null
          && remote != null
          && local.getAddress().equals(remote.getAddress())
          && !rules.isAllowedByName(remote);
    }

    private void failIfOver() {
      if (running == 0 && targets.isEmpty()) {
        result.tryFailure(new DialFailure(DialFailure.Reason.UNREACHABLE));
      }
    }
  }

  /** Handlers are added by whoever gets the connection. */
  private static final class NoHandler extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      // nothing yet
    }
  }
}
