package org.tidegate.proxy.http2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A connection to an origin that speaks HTTP/2: each request goes out on a stream that looks like a
 * connection of HTTP/1.1. Used by one event loop only.
 */
public final class Http2Origin {
  private final Channel connection;
  private final Http2FrameCodec codec;
  private final FloodGuard guard;
  private final Backlog backlog;

  private Http2Origin(Channel connection, Http2FrameCodec codec) {
    this.connection = connection;
    this.codec = codec;
    this.guard = new FloodGuard(codec, System::nanoTime);
    this.backlog = new Backlog(guard);
  }

  /**
   * Takes over a connection on which nothing was said yet.
   *
   * @param carrier its last handler, which stays so and hears of its end
   * @param fieldBytes all fields of an answer together
   */
  public static Http2Origin speak(Channel connection, ChannelHandler carrier, int fieldBytes) {
    Http2Origin origin = new Http2Origin(connection, BoundedCodec.toOrigin(fieldBytes));
    connection.config().setAutoRead(true); // windows bound what an origin may send ahead
    ChannelPipeline pipeline = connection.pipeline();
    String last = pipeline.context(carrier).name();
    pipeline.addBefore(last, null, origin.codec);
    pipeline.addBefore(last, null, origin.backlog);
    pipeline.addBefore(last, null, new Http2MultiplexHandler(new Pushed()));
    pipeline.addBefore(last, null, origin.guard);
    return origin;
  }

  /**
   * Opens a stream for one request.
   *
   * @param user makes the handler that gives and gets bytes of HTTP/1.1; closing its channel before
   *     both messages have passed resets the stream
   * @param over told when the stream is gone: whether the connection may carry another
   */
  public Future<Http2StreamChannel> open(
      Function<Channel, ChannelHandler> user, Consumer<Boolean> over) {
    StreamHandler stream = StreamHandler.toOrigin(guard, backlog);
    Future<Http2StreamChannel> opened = new Http2StreamChannelBootstrap(connection).open();
    opened.addListener(
        (Future<Http2StreamChannel> f) -> {
          if (f.isSuccess()) {
            begin(f.getNow(), stream, user);
            f.getNow().closeFuture().addListener(gone -> over.accept(isReusable(stream)));
          }
        });
    return opened;
  }

  private static void begin(
      Channel channel, StreamHandler stream, Function<Channel, ChannelHandler> user) {
    channel.config().setAutoRead(false);
    channel.config().setAutoClose(false); // a failed write leaves an answer to read
    channel.pipeline().addLast(stream).addLast(user.apply(channel));
  }

  private boolean isReusable(StreamHandler last) {
    return last.isWhole() && connection.isActive() && !codec.connection().goAwayReceived();
  }

  /** What an origin pushes all the same is not taken. */
  private static final class Pushed extends ChannelHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ctx.channel().parent().close();
    }
  }
}
