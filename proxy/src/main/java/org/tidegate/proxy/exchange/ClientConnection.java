package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.http.Whose;
import org.tidegate.proxy.http2.Http2Streams;
import org.tidegate.proxy.listen.Arrival;
import org.tidegate.proxy.listen.ProxyHeader;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.upstream.Approach;
import org.tidegate.proxy.upstream.PeerHandler;
import org.tidegate.proxy.upstream.Splice;
import org.tidegate.proxy.upstream.UpstreamConnection;

/**
 * A client's connection: the bytes that are pending on it, and the stage it is in. Used by its
 * event loop only.
 */
public final class ClientConnection extends PeerHandler {
  private final Channel channel;
  private final Supplier<Services> current;
  private final Caller caller;
  private final Watchdog watchdog;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private Services services;
  private Stage stage;
  private RequestGate gate = RequestGate.explicit();
  private @Nullable UpstreamConnection personal;
  private @Nullable String tunnel;
  private final HeldHead held = new HeldHead();
  private boolean inputEnded;
  private boolean draining;
  private boolean proceeding;
  private boolean again;

  /**
   * Makes a connection.
   *
   * @param arrival how it came in
   * @param current what a request that begins now is served with
   */
  public ClientConnection(Channel channel, Arrival arrival, Supplier<Services> current) {
    this.channel = channel;
    this.current = current;
    this.services = current.get();
    this.caller = new Caller(arrival);
    this.watchdog = new Watchdog(channel.eventLoop(), () -> stage.timedOut());
    this.stage =
        arrival.listener().expectsProxyHeader() ? new AwaitingProxyHeader(this) : firstStage();
  }

  /** One stream of a connection, for requests inside inspected TLS. */
  private ClientConnection(
      Channel stream, ClientConnection whole, RequestGate gate, String tunnel) {
    this.channel = stream;
    this.current = whole.current;
    this.services = whole.services;
    this.caller = whole.caller;
    this.gate = gate;
    this.tunnel = tunnel;
    this.watchdog = new Watchdog(stream.eventLoop(), () -> stage.timedOut());
    this.stage = new AwaitingRequest(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    proceed();
  }

  private Stage firstStage() {
    return caller.listener().isTransparent()
        ? new InterceptedFirstBytes(this, caller.destination())
        : new AwaitingRequest(this);
  }

  /** A trusted sender has said whose connection this is. */
  void announce(ProxyHeader header) {
    caller.announce(header);
    enter(firstStage());
  }

  /** On whose behalf connections onward are made. */
  Approach approach() {
    return caller.approach(services);
  }

  /** A request may say whose it is. Inside a tunnel it is the client that speaks. */
  void identify(GatedRequest request) {
    if (tunnel == null) {
      caller.identify(request, services.forwarded());
    }
  }

  /** What is said onward of whose requests are. */
  Whose whose() {
    return caller.whose(services.forwarded());
  }

  /** Whether what arrives here was meant for the gateway, or goes round. */
  boolean isOwnTraffic() {
    return caller.isOwnTraffic(services);
  }

  /** What the present request is served with, whatever is configured in the meantime. */
  Services services() {
    return services;
  }

  /** From now on the configuration of this moment holds. */
  void beginRequest() {
    Services next = current.get();
    if (next.upstreams() != services.upstreams()) {
      closePersonal(); // made by other rules
    }
    services = next;
  }

  Judged judge(TargetUri target, Sight sight) {
    return services.judge().judge(target, sight, listener(), address());
  }

  ListenerKind listener() {
    return caller.listener().seen();
  }

  /** How TLS is inspected here, if it is. */
  @Nullable Inspection inspection() {
    return caller.listener().inspects() ? services.inspection() : null;
  }

  /** Who the client is: 4 or 16 bytes. */
  byte[] address() {
    return caller.address();
  }

  Limits limits() {
    return services.limits();
  }

  Channel channel() {
    return channel;
  }

  /** Bytes that arrived and were not yet consumed. Stages read from it; they never release it. */
  ByteBuf pending() {
    return pending;
  }

  RequestGate gate() {
    return gate;
  }

  /** The proxy credentials of the CONNECT inside which requests come; null outside of one. */
  @Nullable String tunnel() {
    return tunnel;
  }

  /** From now on requests come through this gate. */
  void enterHttp(RequestGate requests) {
    gate = requests;
  }

  /** From now on requests come inside a tunnel that was asked for with these, through this gate. */
  void enterTunnel(RequestGate inside, String credentials) {
    gate = inside;
    tunnel = credentials;
  }

  /** Speaks TLS from now on, beginning with what is pending. */
  Future<Channel> secure(SslHandler tls) {
    ByteBuf hello = pending;
    pending = Unpooled.EMPTY_BUFFER;
    channel.pipeline().addFirst(tls);
    channel.pipeline().fireChannelRead(hello);
    return tls.handshakeFuture();
  }

  /**
   * Serves HTTP/2 from now on: every stream is a connection of its own, inside a tunnel and through
   * a gate like {@link #enterTunnel}'s. This one has ended.
   */
  void serveStreams(RequestGate inside, String credentials) {
    watchdog.stop();
    stage = Gone.STAGE;
    Http2Streams.serve(
        channel,
        limits().fieldBytes(),
        limits().idle(),
        stream -> new ClientConnection(stream, this, inside, credentials));
    channel.pipeline().remove(this);
  }

  /** Whether it is one stream of a connection that speaks HTTP/2. */
  boolean isStream() {
    return channel instanceof Http2StreamChannel;
  }

  /** Whether the connection may carry another request after the present one. */
  boolean mayContinue() {
    return !draining && (!inputEnded || pending.isReadable());
  }

  boolean inputEnded() {
    return inputEnded;
  }

  void enter(Stage next) {
    enter(next, 0);
  }

  /** Enters a stage that keeps a request's head of so many bytes until the next one. */
  void enter(Stage next, int headBytes) {
    held.set(headBytes, address());
    stage = next;
    watchdog.clear();
    proceed();
  }

  /**
   * Lets the present stage go on. Whatever happens meanwhile (a stage is entered, a flush makes
   * room) has it go on once more in turn, never nested.
   */
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
  }

  /** Asks for bytes from the client, unless it has ended its side. */
  void read() {
    if (!inputEnded) {
      read(channel);
    }
  }

  /** Has the kernel move on what arrives, where it can. */
  void spliceTo(UpstreamConnection upstream, Splice.Relay relay) {
    splice(channel, upstream.channel(), relay);
  }

  /** From now on what arrives is pending again. */
  void endSplice() {
    endSplice(channel);
  }

  void write(ByteBuf bytes) {
    channel.write(bytes);
  }

  void flush() {
    channel.flush();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  ByteBuf buffer() {
    return channel.alloc().buffer();
  }

  /** A buffer that holds as many bytes without growing. */
  ByteBuf buffer(int size) {
    return channel.alloc().buffer(size);
  }

  /** Keeps a connection onward that may serve nobody else, for as long as this one lasts. */
  void keepPersonal(UpstreamConnection connection) {
    closePersonal();
    personal = connection;
    connection.rest();
  }

  /** Lets go of a connection onward on which nothing is outstanding. */
  void giveBack(UpstreamConnection connection) {
    if (connection.isPersonal()) {
      keepPersonal(connection);
    } else {
      services.upstreams().release(connection, channel.eventLoop());
    }
  }

  /** Gives back the connection kept, if the request may go out on it. */
  @Nullable UpstreamConnection takePersonal(TargetUri.Whole target) {
    UpstreamConnection kept = personal;
    if (kept == null || !services.upstreams().suits(kept, target, tunnel, approach())) {
      return null;
    }
    personal = null;
    return kept;
  }

  private void closePersonal() {
    if (personal != null) {
      personal.close();
      personal = null;
    }
  }

  /** Has the stage told {@link Stage#timedOut} unless this is called again within the time. */
  void expectWithin(Duration time) {
    watchdog.set(time.toNanos());
  }

  void expectWithinNanos(long nanos) {
    watchdog.set(nanos);
  }

  /** Ends the connection after what was written, giving the client time to read it. */
  void finish() {
    enter(new Lingering(this));
  }

  /** Ends the connection by a reset: what the client got is not whole. */
  void abort() {
    abort(channel);
  }

  /** Passes on the end of what an upstream sends, after what was written. */
  void shutdownOutput() {
    shutdownOutput(channel);
  }

  void closeAfterWrites() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Takes no further request; closes now if none is under way. */
  public void drain() {
    draining = true;
    if (stage.isIdle()) {
      finish();
    }
  }

  @Override
  protected void received(ByteBuf bytes) {
    if (pending.isReadable()) {
      pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), pending, bytes);
    } else {
      pending.release();
      pending = bytes;
    }
    proceed();
  }

  @Override
  protected void inputClosed() {
    if (!inputEnded) {
      inputEnded = true;
      stage.inputClosed();
    }
  }

  @Override
  protected void lost() {
    watchdog.stop();
    stage.lost();
    stage = Gone.STAGE;
    held.set(0, address());
    closePersonal();
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }

  @Override
  protected void writable() {
    proceed();
  }
}
