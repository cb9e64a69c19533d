package org.tidegate.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.time.Duration;

/**
 * Ends a connection without a reset that would destroy the last answer (RFC 9112 §9.6): our side is
 * closed, and what the client still sends is read and dropped, for a bounded time and amount.
 */
final class Lingering implements Stage {
  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final long MAX_DROPPED_BYTES = 4L << 20;

  private final ClientConnection client;
  private boolean outputClosed;
  private boolean entered;
  private long dropped;

  Lingering(ClientConnection client) {
    this.client = client;
  }

  @Override
  public void proceed() {
    if (!entered) {
      entered = true;
      client.expectWithin(client.limits().stall());
      client
          .channel()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(f -> closeOutput((ChannelFuture) f));
    }
    dropped += client.pending().readableBytes();
    client.pending().skipBytes(client.pending().readableBytes());
    if (dropped > MAX_DROPPED_BYTES) {
      client.channel().close();
    } else {
      client.read();
    }
  }

  private void closeOutput(ChannelFuture written) {
    if (!written.isSuccess() || client.inputEnded()) {
      client.channel().close();
      return;
    }
    outputClosed = true;
    client.expectWithin(LINGER);
    client.shutdownOutput();
  }

  @Override
  public void inputClosed() {
    if (outputClosed) {
      client.channel().close();
    }
  }

  @Override
  public void lost() {}

  @Override
  public void timedOut() {
    client.channel().close();
  }
}
