package org.tidegate.proxy.littleproxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * On LittleProxy's connection to an origin: tells the gate when it ends, and whether an answer was
 * outstanding, of which LittleProxy takes no notice. Used by the connection's event loop.
 */
final class UpstreamWatch extends ChannelDuplexHandler {
  private final FrontGate gate;
  private boolean outstanding;
  private boolean interim;

  private UpstreamWatch(FrontGate gate) {
    this.gate = gate;
  }

  /** Watches a connection that has just been opened, and makes it write targets exactly. */
  static void begin(ChannelHandlerContext littleProxy, FrontGate gate) {
    littleProxy.pipeline().replace(HttpRequestEncoder.class, "encoder", new ExactRequestEncoder());
    littleProxy.pipeline().addBefore(littleProxy.name(), "watch", new UpstreamWatch(gate));
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpRequest) {
      outstanding = true;
      gate.usesUpstream(this);
    }
    ctx.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpResponse response) {
      interim = response.status().code() < 200 && response.status().code() != 101;
    }
    if (message instanceof LastHttpContent && !interim) {
      outstanding = false;
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    gate.upstreamEnded(this, outstanding);
  }

  /** LittleProxy would answer a reset, asked or not, and lose count of its connections. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
