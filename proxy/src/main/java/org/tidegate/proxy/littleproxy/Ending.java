package org.tidegate.proxy.littleproxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/**
 * Ends a connection without a reset that would destroy the last answer (RFC 9112 §9.6): our side is
 * closed, and what the client still sends is read and dropped, for a bounded time and amount.
 */
final class Ending implements GateStage {
  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final long MAX_DROPPED_BYTES = 4L << 20;

  private final FrontGate gate;
  private final Channel channel;
  private boolean begun;
  private boolean outputClosed;
  private long dropped;

  Ending(FrontGate gate) {
    this.gate = gate;
    this.channel = gate.context().channel();
  }

  @Override
  public void proceed() {
    if (!begun) {
      begun = true;
      gate.expectWithin(gate.terms().limits().stall());
      channel.config().setAutoRead(true);
      gate.context()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> closeOutput(written.isSuccess()));
    }
    dropped += gate.pending().readableBytes();
    gate.pending().skipBytes(gate.pending().readableBytes());
    if (dropped > MAX_DROPPED_BYTES || (outputClosed && gate.inputEnded())) {
      channel.close();
    }
  }

  private void closeOutput(boolean written) {
    boolean tls = channel.pipeline().get(SslHandler.class) != null; // says goodbye by itself
    if (!written || tls || gate.inputEnded()) {
      channel.close();
      return;
    }
    outputClosed = true;
    gate.expectWithin(LINGER);
    ((DuplexChannel) channel).shutdownOutput();
  }

  @Override
  public boolean passes(Object message) {
    return false;
  }

  @Override
  public void timedOut() {
    channel.close();
  }
}
