package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.tls.OriginTls;

/**
 * An open connection onward. It serves one user at a time and waits in the pool between users. Used
 * by one event loop only.
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
  private final Route route;
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
  }

  public boolean isPersonal() {
    return personal;
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

  /** Speaks TLS from now on; the future says whether the origin proved who it is. */
  Future<Channel> secure(OriginTls tls, Duration timeout) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    if (!channel.isActive() || ((DuplexChannel) channel).isInputShutdown()) {
      // It hung up at once: a handshake would wait for an event that has been.
      return channel.eventLoop().newFailedFuture(new ClosedChannelException());
    }
    SslHandler handler = tls.handler(channel.alloc(), route.host(), route.port(), timeout);
    channel.pipeline().addFirst(handler);
    return handler.handshakeFuture();
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
