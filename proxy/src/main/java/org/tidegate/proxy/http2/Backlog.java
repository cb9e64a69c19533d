package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2UnknownFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Bounds what waits for streams that nobody reads just now. Windows bound the bytes, not the
 * frames: empty ones and unknown ones cost none, and one byte that waits may hold all that was read
 * with it.
 */
final class Backlog extends ChannelInboundHandlerAdapter {
  /** A window of the smallest messages of gRPC, 5 bytes each, is less. */
  static final int MAX_FRAMES = 16_384;

  /** What is smaller is copied out of what was read with it. */
  static final int SMALL_BYTES = 2048;

  private final FloodGuard guard;
  private final Map<Http2FrameStream, Waiting> streams = new IdentityHashMap<>();
  private int frames;

  Backlog(FloodGuard guard) {
    this.guard = guard;
  }

  /** The frames of data that one stream has not read yet. */
  final class Waiting {
    private final Http2FrameStream stream;
    private int unread;

    private Waiting(Http2FrameStream stream) {
      this.stream = stream;
      streams.put(stream, this);
    }

    private void add() {
      unread++;
      frames++;
    }

    /** One was read. */
    void read() {
      unread--;
      frames--;
    }

    /** The stream ended: none of them will be. */
    void end() {
      frames -= unread;
      unread = 0;
      streams.remove(stream);
    }
  }

  /** Counts, from now on, for that stream. */
  Waiting of(Http2FrameStream stream) {
    return new Waiting(stream);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (frame instanceof Http2UnknownFrame) {
      ReferenceCountUtil.release(frame);
      guard.askedNothing();
    } else if (frame instanceof Http2DataFrame data) {
      take(ctx, data);
    } else {
      ctx.fireChannelRead(frame);
    }
  }

  private void take(ChannelHandlerContext ctx, Http2DataFrame data) {
    Waiting waiting = streams.get(data.stream());
    if (waiting == null || frames == MAX_FRAMES) {
      data.release();
      if (waiting != null) {
        guard.tooMuch();
      }
      return;
    }
    waiting.add();
    ctx.fireChannelRead(data.content().readableBytes() < SMALL_BYTES ? copy(ctx, data) : data);
  }

  private static Http2StreamFrame copy(ChannelHandlerContext ctx, Http2DataFrame data) {
    ByteBuf content = data.content();
    ByteBuf bytes = ctx.alloc().buffer(content.readableBytes());
    bytes.writeBytes(content, content.readerIndex(), content.readableBytes());
    Http2StreamFrame copy = data.replace(bytes).stream(data.stream());
    data.release();
    return copy;
  }
}
