package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Bytes that are nobody's business any more, both ways: a tunnel, or a WebSocket. */
final class Relaying implements GateStage {
  private final FrontGate gate;

  Relaying(FrontGate gate) {
    this.gate = gate;
    if (gate.context().pipeline().get(HttpResponseEncoder.class) != null) {
      gate.context().pipeline().remove(HttpResponseEncoder.class);
    }
  }

  @Override
  public void proceed() {
    gate.expectWithin(gate.terms().limits().tunnelIdle());
    gate.givePending();
    if (gate.inputEnded()) { // LittleProxy cannot pass on the end of one side alone
      gate.context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public boolean passes(Object message) {
    gate.expectWithin(gate.terms().limits().tunnelIdle());
    return message instanceof ByteBuf;
  }

  @Override
  public void timedOut() {
    gate.abort();
  }
}
