package org.tidegate.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits a moment where a connection cannot be accepted (no file is left), so that trying again does
 * not take all the time that the connections there are need.
 */
@Sharable
final class AcceptPause extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);
  private static final int PAUSE_MILLIS = 200;
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channel listener = ctx.channel();
    listener.config().setAutoRead(false);
    listener
        .eventLoop()
        .schedule(() -> listener.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    long now = System.nanoTime();
    long next = nextLogNanos.get();
    if (now - next >= 0 && nextLogNanos.compareAndSet(next, now + QUIET_NANOS)) {
      LOG.warn(
          "connections cannot be accepted for now (expected: a file table with room for them)");
    }
  }
}
