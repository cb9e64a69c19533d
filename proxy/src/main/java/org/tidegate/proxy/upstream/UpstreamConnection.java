package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http2.Http2Origin;
import org.tidegate.proxy.tls.OriginTls;

/**
 * An open connection onward. It serves one user at a time and waits in the pool between users.
 * Where HTTP/2 is spoken, each user gets a stream of it in its place. Used by one event loop only.
 */
public final class UpstreamConnection extends PeerHandler {

  /** Whoever uses the connection now. */
  public interface User {
    /** Bytes arrived; the callee owns them. */
    void upstreamReceived(ByteBuf bytes);

    /** The origin will send no more; what it sent is whole. */
    void upstreamInputClosed();

    /** The connection is gone. */
    void upstreamLost();

    /** More may be written. */
    void upstreamWritable();
  }

  private final Channel channel;
  private Route route;
  private @Nullable Http2Origin http2;
  private @Nullable UpstreamConnection carrier;
  private @Nullable User user;
  private boolean reused;
  private boolean personal;
  private boolean closed;
  private boolean outputEnded;
  private boolean broken;

  UpstreamConnection(Channel channel, Route route) {
    this.channel = channel;
    this.route = route;
    this.personal = route.approach().isPersonal();
  }

  /** Gives the connection to a user. */
  public void attach(User next) {
    endSplice(channel);
    user = next;
  }

  /** Lets it wait for its next user, reading so that its end is noticed. */
  public void rest() {
    endSplice(channel);
    user = null;
    reused = true;
    channel.read();
  }

  void whenGone(Runnable action) {
    channel.closeFuture().addListener(f -> action.run());
  }

  /**
   * From now on it serves one client connection only: connection-based authentication began on it.
   */
  public void makePersonal() {
    personal = true;
    if (carrier != null) {
      carrier.personal = true;
    }
  }

  /** Whether it is to be kept for one client connection; a stream is not kept. */
  public boolean isPersonal() {
    return personal && !isStream();
  }

  public Route route() {
    return route;
  }

  /** Whether it carried a request before, so that the origin may have closed it in the meantime. */
  public boolean isReused() {
    return reused;
  }

  public boolean isOpen() {
    return !closed && !broken && channel.isActive();
  }

  public boolean isWritable() {
    return channel.isWritable();
  }

  /** Asks for bytes; they come to the user. */
  public void read() {
    if (!closed) {
      read(channel);
    }
  }

  /** Has the kernel move on what arrives, where it can, for as long as the user stays. */
  public void spliceTo(Channel client, Splice.Relay relay) {
    splice(channel, client, relay);
  }

  /** The connection's channel, for what the kernel moves on to it. */
  public Channel channel() {
    return channel;
  }

  /** Writes without flushing. */
  public void write(ByteBuf bytes) {
    channel.write(bytes);
  }

  public void flush() {
    channel.flush();
  }

  public ByteBuf buffer() {
    return channel.alloc().buffer();
  }

  /** A buffer that holds as many bytes without growing. */
  public ByteBuf buffer(int size) {
    return channel.alloc().buffer(size);
  }

  /**
   * Speaks TLS from now on, and HTTP/2 where the route may and the origin chooses it; the future
   * says whether the origin proved who it is.
   */
  Future<Channel> secure(OriginTls tls, int fieldBytes, Duration timeout) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    if (!channel.isActive() || ((DuplexChannel) channel).isInputShutdown()) {
      // It hung up at once: a handshake would wait for an event that has been.
      return channel.eventLoop().newFailedFuture(new ClosedChannelException());
    }
    SslHandler handler =
        tls.handler(channel.alloc(), route.host(), route.port(), route.http2(), timeout);
    channel.pipeline().addFirst(handler);
    return handler.handshakeFuture().addListener(f -> agree(handler, f.isSuccess(), fieldBytes));
  }

  private void agree(SslHandler handler, boolean shaken, int fieldBytes) {
    boolean chosen = ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol());
    route = route.inHttp2(chosen && route.http2());
    if (shaken && route.http2()) {
      http2 = Http2Origin.speak(channel, this, fieldBytes);
    }
  }

  /** What a request goes out on: a stream, where HTTP/2 is spoken, else the connection itself. */
  Future<UpstreamConnection> open(Consumer<UpstreamConnection> whenReusable) {
    Promise<UpstreamConnection> result = channel.eventLoop().newPromise();
    Http2Origin origin = http2;
    if (origin == null) {
      return result.setSuccess(this);
    }
    user = null;
    origin
        .open(this::onStream, reusable -> streamGone(reusable, whenReusable))
        .addListener(
            (Future<Http2StreamChannel> opened) -> {
              if (opened.isSuccess()) {
                result.setSuccess(opened.getNow().pipeline().get(UpstreamConnection.class));
              } else {
                close();
                result.setFailure(new DialFailure(DialFailure.Reason.UNREACHABLE));
              }
            });
    return result;
  }

  private UpstreamConnection onStream(Channel stream) {
    UpstreamConnection one = new UpstreamConnection(stream, route);
    one.carrier = this;
    one.reused = reused;
    return one;
  }

  private void streamGone(boolean reusable, Consumer<UpstreamConnection> whenReusable) {
    if (reusable && !personal) {
      whenReusable.accept(this);
    } else {
      close();
    }
  }

  /** Whether it is a stream, which has had its use. */
  boolean isStream() {
    return channel instanceof Http2StreamChannel;
  }

  /** Passes on the end of what a client sends, after what was written. */
  public void shutdownOutput() {
    outputEnded = true;
    shutdownOutput(channel);
  }

  /** Closes after what was written. The user hears no more of it. */
  public void close() {
    endSplice(channel);
    user = null;
    closed = true;
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes at once, by a reset: the origin must not take a part for the whole. */
  public void abort() {
    endSplice(channel);
    user = null;
    closed = true;
    abort(channel);
  }

  @Override
  protected void received(ByteBuf bytes) {
    if (user == null) { // an answer to nothing: such a connection is not to be trusted
      bytes.release();
      abort();
    } else {
      user.upstreamReceived(bytes);
    }
  }

  /**
   * A write failed. The origin may have answered before it gave up on the rest of a request, so
   * reading goes on.
   */
  @Override
  protected void outputClosed() {
    if (outputEnded || closed) {
      return;
    }
    broken = true;
    if (user == null) {
      abort();
    } else {
      channel.read();
    }
  }

  @Override
  protected void inputClosed() {
    if (broken) { // the failed write took the reset's place: this is no orderly end
      channel.close();
    } else if (user == null) {
      close();
    } else {
      user.upstreamInputClosed();
    }
  }

  @Override
  protected void lost() {
    closed = true;
    User last = user;
    user = null;
    if (last != null) {
      last.upstreamLost();
    }
  }

  @Override
  protected void writable() {
    if (user != null) {
      user.upstreamWritable();
    }
  }
}
