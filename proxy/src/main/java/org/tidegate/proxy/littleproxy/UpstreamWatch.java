package org.tidegate.proxy.littleproxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * On LittleProxy's connection to an origin: tells the gate when it ends, and how much of an answer
 * was outstanding, of which LittleProxy takes no notice. Used by the connection's event loop.
 */
final class UpstreamWatch extends ChannelDuplexHandler {
  private final FrontGate gate;
  private final AnswerGate answers;
  private final String origin;
  private boolean ended;

  private UpstreamWatch(FrontGate gate, AnswerGate answers, String origin) {
    this.gate = gate;
    this.answers = answers;
    this.origin = origin;
  }

  /** Watches a connection that has just been opened, and what goes over it both ways. */
  static void begin(ChannelHandlerContext littleProxy, FrontGate gate, String origin) {
    ChannelPipeline pipeline = littleProxy.pipeline();
    AnswerGate answers = new AnswerGate(gate.terms().limits());
    pipeline.replace(HttpRequestEncoder.class, "encoder", new ExactRequestEncoder());
    pipeline.addBefore(pipeline.context(HttpResponseDecoder.class).name(), "answers", answers);
    pipeline.addBefore(littleProxy.name(), "watch", new UpstreamWatch(gate, answers, origin));
  }

  /** As {@link Given#origin} says it. */
  String origin() {
    return origin;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpRequest request) {
      answers.awaitAnswer(request);
      gate.usesUpstream(this);
      if (ended) { // LittleProxy has not noticed yet
        gate.upstreamEnded(this, answers.outstanding());
      }
    }
    ctx.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    AnswerGate.Outstanding outstanding = answers.outstanding();
    ended = true;
    ctx.fireChannelInactive();
    gate.upstreamEnded(this, outstanding);
  }

  /** LittleProxy would answer a reset, asked or not, and lose count of its connections. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
