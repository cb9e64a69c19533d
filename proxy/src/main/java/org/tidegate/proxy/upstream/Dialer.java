package org.tidegate.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections: resolves the host, and tries what may be tried, {@value #STAGGER_MILLIS} ms
 * apart (RFC 8305), until one is open. Immutable.
 */
final class Dialer {
  static final int STAGGER_MILLIS = 250;

  private final Class<? extends SocketChannel> channelType;
  private final NameResolver names;
  private final Candidates candidates;
  private final Duration timeout;

  Dialer(
      Class<? extends SocketChannel> channelType,
      NameResolver names,
      Candidates candidates,
      Duration timeout) {
    this.channelType = channelType;
    this.names = names;
    this.candidates = candidates;
    this.timeout = timeout;
  }

  /** Opens a connection with reading off; the future fails with a {@link DialFailure}. */
  Future<Channel> dial(
      String host, int port, Approach approach, boolean unchecked, EventLoop loop) {
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
              try {
                var targets = candidates.of(found.getNow(), approach, unchecked);
                new Race(targets, approach, unchecked, loop, result).start();
              } catch (DialFailure e) {
                result.tryFailure(e);
              }
            });
    return result;
  }

  /** One dial's attempts. Runs on one event loop. */
  private final class Race {
    private final Queue<InetSocketAddress> targets;
    private final Approach approach;
    private final boolean unchecked;
    private final EventLoop loop;
    private final Promise<Channel> result;
    private int running;

    Race(
        Queue<InetSocketAddress> targets,
        Approach approach,
        boolean unchecked,
        EventLoop loop,
        Promise<Channel> result) {
      this.targets = targets;
      this.approach = approach;
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
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(channelType)
              .option(ChannelOption.AUTO_READ, false)
              .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
              .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ReadSizes.ONE_READ_AHEAD)
              .option(ChannelOption.AUTO_CLOSE, false) // a failed write leaves an answer to read
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
              .handler(new Dialling());
      InetAddress source = approach.source();
      if (source != null) {
        Spoofing.bind(bootstrap, source);
      }
      ChannelFuture attempt = bootstrap.connect(target);
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
        handOver(attempt.channel().pipeline());
        candidates.own().began(attempt.channel(), approach.rounds());
        announce(attempt.channel());
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

    /** A connection that is closed again already has no handlers. */
    private static void handOver(ChannelPipeline pipeline) {
      if (pipeline.get(Dialling.class) != null) {
        pipeline.remove(Dialling.class);
      }
    }

    private boolean reachedItself(Channel channel) {
      InetSocketAddress local = (InetSocketAddress) channel.localAddress();
      InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
      return !unchecked
          && local != null
          && remote != null
          && candidates.isOwnAfterAll(local, remote);
    }

    /** Written before anything else, and sent with it. */
    private void announce(Channel channel) {
      Approach.Announced announced = approach.announced();
      if (announced != null && channel.remoteAddress() instanceof InetSocketAddress target) {
        ByteBuf header = channel.alloc().buffer();
        announced.version().write(announced.client(), target, header);
        channel.write(header);
      }
    }

    private void failIfOver() {
      if (running == 0 && targets.isEmpty()) {
        result.tryFailure(new DialFailure(DialFailure.Reason.UNREACHABLE));
      }
    }
  }

  /** Until whoever gets the connection adds handlers. */
  private static final class Dialling extends ChannelInboundHandlerAdapter {
    /**
     * What the dial comes to, its future tells. Netty may take the event of a file that was closed
     * a moment ago for one of this connection's, which has its number, and reads too early.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
  }
}
