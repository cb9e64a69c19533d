package org.tidegate.proxy.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose other end keeps the gateway busy with frames that ask for nothing
 * (settings, pings, priorities; RFC 9113 §10.5) or that break their streams, and one on which
 * nothing is asked for any more.
 */
final class FloodGuard extends ChannelInboundHandlerAdapter {
  static final int MAX_FRAMES = 200;
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final Http2FrameCodec codec;
  private final LongSupplier nanoTime;
  private @Nullable ChannelHandlerContext context;
  private long windowBegan;
  private int frames;

  FloodGuard(Http2FrameCodec codec, LongSupplier nanoTime) {
    this.codec = codec;
    this.nanoTime = nanoTime;
    this.windowBegan = nanoTime.getAsLong();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** What is not for a stream arrives here. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    boolean leaves = frame instanceof Http2GoAwayFrame && isIdle();
    ReferenceCountUtil.release(frame);
    if (leaves) {
      ctx.channel().close();
    } else {
      count(ctx);
    }
  }

  /** A frame was sent. Some measure by pings how much more they could take (gRPC does). */
  void frameSent() {
    frames = Math.max(0, frames - 1);
  }

  /** A stream was sent what asks for nothing, or had to be reset for it (CVE-2025-8671). */
  void askedNothing() {
    if (context != null) {
      count(context);
    }
  }

  private void count(ChannelHandlerContext ctx) {
    long now = nanoTime.getAsLong();
    if (now - windowBegan > WINDOW_NANOS) {
      windowBegan = now;
      frames = 0;
    }
    if (++frames == MAX_FRAMES) {
      endCalmly(ctx);
    }
  }

  /** More waits for streams than may; once said, nothing more is read. */
  void tooMuch() {
    if (context != null && context.channel().config().isAutoRead()) {
      endCalmly(context);
    }
  }

  private static void endCalmly(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM))
        .addListener(f -> end(ctx));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && isIdle()) {
      ctx.channel().close(); // the codec says so by a GOAWAY first
    }
    ctx.fireUserEventTriggered(event);
  }

  private boolean isIdle() {
    return codec.connection().numActiveStreams() == 0;
  }

  /** What breaks the protocol the codec answers; what is left is a reset, or a fault of ours. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      end(ctx);
    }
  }

  private static void end(ChannelHandlerContext ctx) {
    ctx.channel().pipeline().firstContext().close();
  }
}
