package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;

/**
 * One stream, to a client or an origin: its frames go in as the bytes of HTTP/1.1, and such bytes
 * come out as frames. What is malformed ends the stream, not the connection (RFC 9113 §8.1.1).
 */
final class StreamHandler extends ChannelDuplexHandler {
  private final MessageWriter in;
  private final MessageReader out;
  private final FloodGuard guard;
  private final Backlog backlog;
  private Backlog.@Nullable Waiting waiting;
  private @Nullable ChannelFuture lastWrite;
  private boolean broken;

  private StreamHandler(MessageWriter in, MessageReader out, FloodGuard guard, Backlog backlog) {
    this.in = in;
    this.out = out;
    this.guard = guard;
    this.backlog = backlog;
  }

  /** A client's stream: requests come in, answers go out. */
  static StreamHandler toClient(FloodGuard guard, Backlog backlog) {
    RequestWriter request = new RequestWriter();
    return new StreamHandler(request, new ResponseReader(request::isHead), guard, backlog);
  }

  /** A stream to an origin: requests go out, answers come in. */
  static StreamHandler toOrigin(FloodGuard guard, Backlog backlog) {
    RequestReader request = new RequestReader();
    return new StreamHandler(new ResponseWriter(request::isHead), request, guard, backlog);
  }

  /** Whether both messages passed whole. */
  boolean isWhole() {
    return in.isEnded() && out.isEnded() && !broken;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    waiting = backlog.of(((Http2StreamChannel) ctx.channel()).stream());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (frame instanceof Http2DataFrame && waiting != null) {
      waiting.read();
    }
    List<ByteBuf> bytes = new ArrayList<>();
    try {
      if (!broken && frame instanceof Http2StreamFrame part) {
        in.write(part, ctx.alloc(), bytes);
      }
    } catch (BadMessage e) {
      bytes.forEach(ReferenceCountUtil::release);
      bytes.clear();
      reset(ctx, Http2Error.PROTOCOL_ERROR);
    } finally {
      ReferenceCountUtil.release(frame);
    }
    bytes.forEach(ctx::fireChannelRead);
    if (bytes.isEmpty() && !broken) {
      ctx.read(); // an empty frame is no answer to whoever asked for bytes
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) message;
    if (broken || out.isEnded() || !bytes.isReadable()) {
      bytes.release();
      afterLast(promise);
      return;
    }
    List<Http2StreamFrame> frames = new ArrayList<>();
    try {
      out.read(bytes, frames);
    } catch (BadMessage e) {
      reset(ctx, Http2Error.INTERNAL_ERROR);
    }
    for (Http2StreamFrame frame : frames) {
      lastWrite = ctx.write(frame);
      guard.frameSent();
    }
    afterLast(promise);
  }

  /** Completes a promise with the last frame written, so that it comes in turn. */
  private void afterLast(ChannelPromise promise) {
    ChannelFuture last = lastWrite;
    if (last == null || last.isSuccess()) {
      promise.trySuccess();
    } else {
      last.addListener(
          f -> {
            if (f.isSuccess()) {
              promise.trySuccess();
            } else {
              promise.tryFailure(f.cause());
            }
          });
    }
  }

  /** Of a connection that leaves before the stream was served, its end is news enough. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2GoAwayFrame) {
      ReferenceCountUtil.release(event);
    } else if (event instanceof Http2ResetFrame && in instanceof RequestWriter) {
      ctx.close(); // nobody wants the rest; what came of an answer before a reset is passed on
    } else if (event instanceof Http2PriorityFrame) {
      guard.askedNothing();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** The codec found the stream broken, and resets it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    guard.askedNothing();
    ctx.fireExceptionCaught(cause);
  }

  private void reset(ChannelHandlerContext ctx, Http2Error error) {
    broken = true;
    guard.askedNothing();
    ctx.writeAndFlush(new DefaultHttp2ResetFrame(error)).addListener(f -> ctx.close());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (waiting != null) {
      waiting.end();
    }
    out.release();
  }
}
