package org.tidegate.proxy.littleproxy;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;

/**
 * A granted tunnel: until its first bytes are known nothing goes on. Then LittleProxy opens it, or
 * the clear HTTP inside comes to the gate like any other.
 */
final class TunnelBeginning implements GateStage {
  /** Fatal alerts (RFC 8446 §6.2) as records of their own. */
  private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

  private static final byte[] DECODE_ERROR = {21, 3, 3, 0, 2, 2, 50};

  private final FrontGate gate;
  private final TargetUri.HostOnly target;
  private final TunnelContent content;
  private boolean begun;
  private @Nullable Given given;
  private boolean opened;

  TunnelBeginning(FrontGate gate, TargetUri.HostOnly target) {
    this.gate = gate;
    this.target = target;
    this.content = new TunnelContent(gate.terms(), target, gate.client());
  }

  @Override
  public void proceed() {
    if (!begun) {
      begun = true;
      gate.expectWithin(gate.terms().limits().tunnelFirstBytes());
    }
    if (given == null) {
      look();
    } else if (opened && gate.context().pipeline().get(HttpResponseEncoder.class) == null) {
      gate.enter(new Relaying(gate));
    }
  }

  private void look() {
    switch (content.read(gate.pending())) {
      case MORE_NEEDED -> {
        if (gate.inputEnded()) {
          close(null);
        }
      }
      case CLEAR_HTTP -> gate.enter(new AwaitingHead(gate, RequestGate.inside(target)));
      case RELAY -> open();
      case CLOSE -> close(null);
      case DENY -> close(ACCESS_DENIED);
      case DECODE_ERROR -> close(DECODE_ERROR);
    }
  }

  private void open() {
    GivenConnect connect = GivenConnect.to(target);
    given = connect;
    gate.give(connect.head());
    gate.give(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Override
  public @Nullable Given given() {
    return given;
  }

  /** LittleProxy's own answer to the CONNECT: the client has its grant already. */
  @Override
  public boolean passes(Object message) {
    if (given != null && message instanceof HttpResponse response) {
      opened = response.status().code() == 200;
      if (!opened) {
        gate.terms().events().unserved(Unserved.UNREACHABLE);
        gate.context().executor().execute(() -> close(null));
      }
    }
    return false;
  }

  private void close(byte @Nullable [] alert) {
    if (alert != null) { // past the encoder of answers, which takes no bytes
      ChannelHandlerContext encoder =
          requireNonNull(gate.context().pipeline().context(HttpResponseEncoder.class));
      encoder.writeAndFlush(Unpooled.wrappedBuffer(alert));
    }
    gate.finish();
  }

  @Override
  public boolean readsLittle() {
    return given != null;
  }

  @Override
  public void timedOut() {
    close(null);
  }
}
