package org.tidegate.proxy.http2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Serves a connection that speaks HTTP/2: every stream as if it were a connection of HTTP/1.1. */
public final class Http2Streams {
  private Http2Streams() {}

  /**
   * Takes over a connection, whose next bytes are its preface.
   *
   * @param fieldBytes all fields of a request together
   * @param idle how long it is kept while nothing is asked for
   * @param stream makes the handler for a stream, which gets and gives bytes of HTTP/1.1
   */
  public static void serve(
      Channel connection, int fieldBytes, Duration idle, Function<Channel, ChannelHandler> stream) {
    Http2FrameCodec codec = BoundedCodec.toClient(fieldBytes, idle);
    FloodGuard guard = new FloodGuard(codec, System::nanoTime);
    Backlog backlog = new Backlog(guard);
    connection.config().setAutoRead(true); // windows bound what a client may send ahead
    connection
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, idle.toMillis(), TimeUnit.MILLISECONDS))
        .addLast(codec)
        .addLast(backlog)
        .addLast(new Http2MultiplexHandler(new StreamInitializer(stream, guard, backlog)))
        .addLast(guard);
  }

  private static final class StreamInitializer extends ChannelInitializer<Channel> {
    private final Function<Channel, ChannelHandler> stream;
    private final FloodGuard guard;
    private final Backlog backlog;

    StreamInitializer(Function<Channel, ChannelHandler> stream, FloodGuard guard, Backlog backlog) {
      this.stream = stream;
      this.guard = guard;
      this.backlog = backlog;
    }

    @Override
    public boolean isSharable() {
      return true; // one for all streams of a connection
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.config().setAutoRead(false);
      channel
          .pipeline()
          .addLast(StreamHandler.toClient(guard, backlog))
          .addLast(stream.apply(channel));
    }
  }
}
