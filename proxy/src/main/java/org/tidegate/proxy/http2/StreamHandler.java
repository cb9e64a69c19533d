package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;

/**
 * One stream: its frames go in as the bytes of HTTP/1.1, and such bytes come out as frames. A
 * malformed request ends the stream, not the connection (RFC 9113 §8.1.1).
 */
final class StreamHandler extends ChannelDuplexHandler {
  private final RequestWriter request = new RequestWriter();
  private final ResponseReader response = new ResponseReader();
  private @Nullable ChannelFuture lastWrite;
  private final Runnable whenBroken;
  private boolean broken;

  StreamHandler(Runnable whenBroken) {
    this.whenBroken = whenBroken;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    List<Object> bytes = new ArrayList<>();
    try {
      if (broken || request.isEnded()) {
        return;
      }
      if (frame instanceof Http2HeadersFrame fields && !request.isBegun()) {
        bytes.add(request.head(fields.headers(), fields.isEndStream(), ctx.alloc()));
      } else if (frame instanceof Http2HeadersFrame fields && fields.isEndStream()) {
        request.trailers(fields.headers(), ctx.alloc(), bytes);
      } else if (frame instanceof Http2DataFrame data) {
        request.data(data.content(), data.isEndStream(), bytes);
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
    if (broken || response.isEnded() || !bytes.isReadable()) {
      bytes.release();
      afterLast(promise);
      return;
    }
    List<Object> frames = new ArrayList<>();
    try {
      response.read(bytes, request.isHead(), frames);
    } catch (BadMessage e) {
      reset(ctx, Http2Error.INTERNAL_ERROR);
    }
    for (Object frame : frames) {
      lastWrite = ctx.write(frame);
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

  /** The codec found the stream broken, and resets it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    whenBroken.run();
    ctx.fireExceptionCaught(cause);
  }

  private void reset(ChannelHandlerContext ctx, Http2Error error) {
    broken = true;
    whenBroken.run();
    ctx.writeAndFlush(new DefaultHttp2ResetFrame(error)).addListener(f -> ctx.close());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    response.release();
  }
}
