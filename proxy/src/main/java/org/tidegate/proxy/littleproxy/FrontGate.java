package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.exchange.HeldHead;
import org.tidegate.proxy.exchange.Watchdog;
import org.tidegate.proxy.littleproxy.AnswerGate.Outstanding;
import org.tidegate.proxy.upstream.PeerHandler;

/**
 * In the place of LittleProxy's request decoder: takes the raw bytes of a client's connection, and
 * gives LittleProxy one request at a time, as an object, once it has passed the gate and the
 * judgement. The answers come back through it. What happens next is up to its {@link GateStage}.
 * Used by the connection's event loop; {@link #usesUpstream} and {@link #upstreamEnded} by others.
 */
final class FrontGate extends ChannelDuplexHandler {
  /** How much of the next requests is read ahead while one is under way. */
  private static final int READ_AHEAD = 64 * 1024;

  private final Terms terms;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Watchdog watchdog;
  private GateStage stage = GateStage.GONE;
  private byte[] client = new byte[0];
  private final HeldHead held = new HeldHead();
  private boolean inputEnded;
  private boolean readWanted;
  private boolean proceeding;
  private boolean again;

  FrontGate(Terms terms) {
    this.terms = terms;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    watchdog = new Watchdog(context.channel().eventLoop(), () -> stage.timedOut());
    if (context.channel().remoteAddress() instanceof InetSocketAddress address) {
      client = address.getAddress().getAddress();
    }
    stage = new AwaitingHead(this);
  }

  Terms terms() {
    return terms;
  }

  ChannelHandlerContext context() {
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return ctx;
  }

  byte[] client() {
    return client;
  }

  /** Bytes that arrived and were not yet consumed. Stages read from it; they never release it. */
  ByteBuf pending() {
    return pending;
  }

  boolean inputEnded() {
    return inputEnded;
  }

  /** Whether LittleProxy takes more now: not while it connects, nor while an origin is full. */
  boolean littleProxyTakes() {
    return context().channel().config().isAutoRead();
  }

  /** What LittleProxy has in hand, if it has anything. */
  @Nullable Given given() {
    return stage.given();
  }

  void enter(GateStage next) {
    enter(next, 0);
  }

  /** Enters a stage that keeps a request's head of so many bytes until the next one. */
  void enter(GateStage next, int headBytes) {
    held.set(headBytes, client);
    stage = next;
    if (watchdog != null) {
      watchdog.clear();
    }
    proceed();
  }

  /** Lets the stage go on; what happens meanwhile has it go on once more, never nested. */
  void proceed() {
    again = true;
    if (proceeding) {
      return;
    }
    proceeding = true;
    try {
      while (again) {
        again = false;
        stage.proceed();
      }
    } finally {
      proceeding = false;
    }
    readIfWanted();
  }

  void expectWithin(Duration time) {
    if (watchdog != null) {
      watchdog.set(time.toNanos());
    }
  }

  /** Ends the connection after what was written, giving the client time to read it. */
  void finish() {
    enter(new Ending(this));
  }

  /** Ends the connection by a reset: what the client got is not whole. */
  void abort() {
    PeerHandler.abort(context().channel());
  }

  void give(Object toLittleProxy) {
    context().fireChannelRead(toLittleProxy);
  }

  /** Gives LittleProxy the bytes that are pending, as they are. */
  void givePending() {
    if (pending.isReadable()) {
      ByteBuf bytes = pending;
      pending = Unpooled.EMPTY_BUFFER;
      give(bytes);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      if (pending.isReadable()) {
        pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), pending, bytes);
      } else {
        pending.release();
        pending = bytes;
      }
      proceed();
    } else {
      if (message instanceof HAProxyMessage proxied && proxied.sourceAddress() != null) {
        byte[] source = NetUtil.createByteArrayFromIpAddressString(proxied.sourceAddress());
        client = source == null ? client : source;
      }
      context.fireChannelRead(message);
    }
  }

  /** LittleProxy, or Netty in its name, wants to read; also the sign that a connection is open. */
  @Override
  public void read(ChannelHandlerContext context) {
    readWanted = true;
    proceed();
  }

  private void readIfWanted() {
    boolean room = !stage.readsLittle() || pending.readableBytes() < READ_AHEAD;
    if (readWanted && room && littleProxyTakes()) {
      readWanted = false;
      context().read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes && !bytes.isReadable()) {
      context.write(message, promise); // how LittleProxy learns that all before was written
    } else if (stage.passes(message)) {
      context.write(message, promise);
      stage.wrote();
    } else {
      ReferenceCountUtil.release(message);
      promise.trySuccess();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      proceed();
    } else if (event != ChannelInputShutdownReadComplete.INSTANCE) {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    proceed();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stage.lost();
    stage = GateStage.GONE;
    held.set(0, client);
    if (watchdog != null) {
      watchdog.stop();
    }
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
    context.fireChannelInactive();
  }

  /** A request goes out on this connection. */
  void usesUpstream(UpstreamWatch upstream) {
    context().executor().execute(() -> stage.usesUpstream(upstream));
  }

  /** A connection onward is gone, and that much of an answer with it. */
  void upstreamEnded(UpstreamWatch upstream, Outstanding outstanding) {
    context().executor().execute(() -> stage.upstreamEnded(upstream, outstanding));
  }
}
