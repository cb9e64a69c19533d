package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, in the four events that matter to a proxy. Reading is by demand. Used by
 * the channel's event loop only.
 */
public abstract class PeerHandler extends ChannelInboundHandlerAdapter {
  private @Nullable Splice splice;

  /** Bytes arrived; the callee owns them. */
  protected abstract void received(ByteBuf bytes);

  /** The other end will send no more; what it sent is whole. It may still be written to. */
  protected abstract void inputClosed();

  /**
   * No more can be written: what we asked for, or a write that failed. There may be more to read.
   */
  protected void outputClosed() {}

  /** The connection is gone, orderly or not. Comes once, last. */
  protected abstract void lost();

  /** What was written has drained so far that more may follow. */
  protected abstract void writable();

  /** Asks for bytes, once there is memory for them. */
  protected static void read(Channel channel) {
    if (ByteMemory.isFull()) {
      channel
          .eventLoop()
          .schedule(() -> read(channel), ByteMemory.WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      channel.read();
    }
  }

  /** Has the kernel move on what arrives, where it can. What it cannot comes as ever. */
  protected final void splice(Channel from, Channel to, Splice.Relay relay) {
    splice = Splice.between(from, to, relay);
    ReadSizes.moveFirst(from, splice);
  }

  /** From now on everything comes as ever. */
  protected final void endSplice(Channel from) {
    if (splice != null) {
      splice = null;
      ReadSizes.moveFirst(from, null);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    received((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (splice != null) {
      splice.settle();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
      inputClosed();
    } else if (event == ChannelOutputShutdownEvent.INSTANCE) {
      outputClosed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lost();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      writable();
    }
  }

  /** A reset, or a fault of ours: either way the connection cannot go on. Nothing is disclosed. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    abort(ctx.channel());
  }

  /** Ends our side after what was written; the other end may go on. */
  public static void shutdownOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    ChannelFuture written =
        tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
    written.addListener(
        f -> {
          if (f.isSuccess() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
        });
  }

  /** Closes so that the other end cannot take what it got for whole: by a reset. */
  public static void abort(Channel channel) {
    if (channel.isActive() && channel.config() instanceof SocketChannelConfig config) {
      try {
        config.setSoLinger(0);
      } catch (RuntimeException e) {
        // closed already: there is nothing left to reset
      }
    }
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      channel.close();
    } else {
      tls.close(); // from there on outwards: no close_notify that would vouch for what was sent
    }
  }
}
