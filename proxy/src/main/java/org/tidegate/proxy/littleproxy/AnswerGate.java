package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.Chunks;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.ResponseGate;

/**
 * Before LittleProxy's response decoder: reads the bytes of an origin's answers as the gateway
 * does, and hands on such as have one reading, written anew. A connection on which others come is
 * closed. Used by the connection's event loop.
 */
final class AnswerGate extends ChannelInboundHandlerAdapter {
  /** What LittleProxy's decoder takes for a status line unless it is told otherwise. */
  private static final int MAX_STATUS_LINE = 8_000;

  private final HeadReader heads;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private Outstanding outstanding = Outstanding.NOTHING;
  private boolean toHead;
  private boolean mayUpgrade;
  private int interim;
  private @Nullable GatedResponse response;
  private @Nullable BodyReader body;
  private boolean upgraded;
  private boolean closed;

  /** How far the answer has come that is awaited. */
  enum Outstanding {
    NOTHING,
    WHOLE,
    REST
  }

  AnswerGate(Limits limits) {
    heads = new HeadReader(MessageHead.Kind.RESPONSE, MAX_STATUS_LINE, limits.fieldBytes());
  }

  /** A request goes out; its answer is awaited from now on. */
  void awaitAnswer(HttpRequest request) {
    outstanding = Outstanding.WHOLE;
    toHead = request.method().equals(HttpMethod.HEAD);
    mayUpgrade = request.headers().contains(HttpHeaderNames.UPGRADE);
    interim = 0;
  }

  Outstanding outstanding() {
    return outstanding;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (upgraded) {
      ctx.fireChannelRead(message);
      return;
    }
    ByteBuf bytes = (ByteBuf) message;
    if (closed || outstanding == Outstanding.NOTHING) {
      bytes.release();
      end(ctx); // nothing was asked: whose answer it would be nobody knows
      return;
    }
    outstanding = Outstanding.REST;
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, bytes);
    try {
      read(ctx);
    } catch (BadMessage e) {
      end(ctx);
    }
  }

  private void read(ChannelHandlerContext ctx) throws BadMessage {
    while (body == null) {
      MessageHead head = heads.read(pending);
      if (head == null) {
        return;
      }
      begin(ctx, ResponseGate.check(head, toHead));
    }
    if (upgraded) {
      handOnPending(ctx);
      return;
    }
    for (ByteBuf slice = body.next(pending); slice != null; slice = body.next(pending)) {
      Chunks.write(ctx::fireChannelRead, slice, isChunked());
      if (closed) {
        return; // by what it was handed to
      }
    }
    if (body.isDone()) {
      finish(ctx, body.trailers());
    }
  }

  private void begin(ChannelHandlerContext ctx, GatedResponse next) throws BadMessage {
    if (next.isInterim() && ++interim > ResponseGate.MAX_INTERIM) {
      throw new BadMessage(Refusal.HEAD_TOO_LARGE);
    }
    if (next.status() == 101 && !(mayUpgrade && next.grantsWebSocket())) {
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    if (!next.isInterim()) {
      response = next;
      body = new BodyReader(next.framing(), MessageHead.Kind.RESPONSE);
      upgraded = next.status() == 101;
    }
    ByteBuf head = ctx.alloc().buffer();
    boolean keeps = next.keepAlive() || next.isInterim() || upgraded;
    HeadWriter.writeResponse(
        next, isChunked() ? Framing.CHUNKED : next.framing(), keeps ? "" : "close", head);
    ctx.fireChannelRead(head);
  }

  /** One that lasts until the close is chunked, so that LittleProxy can tell whole from cut. */
  private boolean isChunked() {
    return response != null
        && (response.framing().kind() == Framing.Kind.CHUNKED
            || response.framing().kind() == Framing.Kind.UNTIL_CLOSE);
  }

  private void finish(ChannelHandlerContext ctx, @Nullable MessageHead trailers) {
    boolean chunked = isChunked();
    boolean keeps = response != null && response.keepAlive() && !pending.isReadable();
    outstanding = Outstanding.NOTHING;
    response = null;
    body = null;
    if (chunked) {
      ByteBuf end = ctx.alloc().buffer();
      HeadWriter.writeLastChunk(trailers, end);
      ctx.fireChannelRead(end);
    }
    if (!keeps) {
      end(ctx);
    }
  }

  private void handOnPending(ChannelHandlerContext ctx) {
    ByteBuf rest = pending;
    pending = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelRead(rest);
  }

  private void end(ChannelHandlerContext ctx) {
    closed = true;
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!closed && response != null && response.framing().kind() == Framing.Kind.UNTIL_CLOSE) {
      finish(ctx, null);
    }
    closed = true;
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelInactive();
  }

  /** What a reset cuts off is not whole. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    closed = true;
    ctx.fireExceptionCaught(cause);
  }
}
