package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.littleproxy.AnswerGate.Outstanding;
import org.tidegate.proxy.splash.PlainAnswer;

/**
 * A request that LittleProxy has in hand: its body goes in as LittleProxy takes it, its answer
 * comes back, and only then is the next request let in.
 */
final class Passing implements GateStage {
  private final FrontGate gate;
  private final RequestGate rules;
  private final Passage passage;
  private @Nullable UpstreamWatch upstream;
  private boolean given;
  private boolean repeated;
  private boolean interim;
  private boolean dropped;
  private boolean answerBegun;
  private boolean answerDone;
  private boolean awaitsHead;
  private boolean keepAlive;
  private boolean upstreamKept = true;
  private boolean upgraded;
  private ByteBuf early = Unpooled.EMPTY_BUFFER;
  private boolean left;

  Passing(FrontGate gate, RequestGate rules, Passage passage) {
    this.gate = gate;
    this.rules = rules;
    this.passage = passage;
  }

  @Override
  public Given given() {
    return passage;
  }

  @Override
  public void proceed() {
    if (!given) {
      given = true;
      gate.give(passage.head());
    }
    try {
      giveBody();
    } catch (BadMessage e) {
      end(() -> OwnAnswers.refuse(gate, e.refusal()));
      return;
    }
    if (!left && !passage.isSent() && gate.inputEnded() && gate.littleProxyTakes()) {
      end(gate::abort); // half a request: the origin must not take it for the whole
    }
    if (!left) {
      expect();
    }
  }

  private void giveBody() throws BadMessage {
    while (!left && !answerDone && gate.littleProxyTakes()) {
      HttpContent part = passage.next(gate.pending());
      if (part == null) {
        return;
      }
      gate.give(part);
    }
  }

  /** An answer's head is awaited once, however it trickles in; a body only has to move. */
  private void expect() {
    Limits limits = gate.terms().limits();
    if (!passage.isSent() || answerBegun) {
      gate.expectWithin(limits.stall());
    } else if (!awaitsHead) {
      awaitsHead = true;
      gate.expectWithin(limits.response());
    }
  }

  @Override
  public boolean readsLittle() {
    return passage.isSent() || !gate.littleProxyTakes();
  }

  @Override
  public boolean passes(Object message) {
    if (message instanceof ByteBuf bytes) {
      return holdBack(bytes);
    }
    if (message instanceof HttpResponse response && !begins(response)) {
      return false;
    }
    boolean passes = !dropped && !left;
    if (message instanceof LastHttpContent) {
      if (interim) {
        interim = false;
        dropped = false;
      } else {
        answerDone = true;
        gate.context().executor().execute(this::answered);
      }
    }
    if (passes && answerBegun) {
      gate.expectWithin(gate.terms().limits().stall());
    }
    return passes;
  }

  /** Whether the answer may begin; if so, it is in the shape that the client is to get. */
  private boolean begins(HttpResponse response) {
    int status = response.status().code();
    boolean granted = status == 101 && passage.request().webSocket();
    if (answerBegun || (status == 101 && !granted)) {
      end(gate::abort);
      return false;
    }
    if (granted) {
      answerBegun = true;
      upgraded = true;
      return true;
    }
    if (status < 200) {
      interim = true;
      dropped = !passage.request().http11(); // RFC 9110 §15.2: HTTP/1.0 knows no interim answers
      AnswerObjects.takeOffHopByHop(response);
      return !dropped;
    }
    answerBegun = true;
    upstreamKept = HttpUtil.isKeepAlive(response);
    AnswerObjects.takeOffHopByHop(response);
    frame(response);
    return true;
  }

  private void frame(HttpResponse response) {
    boolean http11 = passage.request().http11();
    boolean chunked = response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    boolean own = passage.isAnsweredByLittleProxy();
    if (own) {
      gate.terms().events().unserved(Unserved.UNREACHABLE);
    }
    boolean moreComes = !gate.inputEnded() || gate.pending().isReadable();
    keepAlive = passage.request().keepAlive() && passage.isSent() && moreComes && !own;
    if (chunked && passage.request().isHead()) {
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    } else if (chunked && !http11) { // lasts until the close
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      keepAlive = false;
    }
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
    } else if (!http11) {
      response.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
  }

  /** After LittleProxy has done what it does after an answer. */
  private void answered() {
    if (left) {
      return;
    }
    if (!keepAlive || !passage.isSent()) {
      end(gate::finish);
    } else if (upstreamKept) {
      end(() -> gate.enter(new AwaitingHead(gate, rules)));
    }
  }

  /** At once: the bytes that come next are no longer HTTP. */
  @Override
  public void wrote() {
    if (upgraded && !left) {
      left = true;
      gate.enter(new Relaying(gate));
      gate.context().writeAndFlush(early);
      early = Unpooled.EMPTY_BUFFER;
    }
  }

  /** What an origin sends along with its grant of an upgrade: LittleProxy passes it on first. */
  private boolean holdBack(ByteBuf bytes) {
    if (passage.request().webSocket() && !answerBegun) {
      early = Unpooled.wrappedBuffer(early, bytes.retain());
    }
    return false;
  }

  @Override
  public void lost() {
    left = true;
    early.release();
    early = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void usesUpstream(UpstreamWatch connection) {
    upstream = connection;
  }

  @Override
  public void upstreamEnded(UpstreamWatch connection, Outstanding outstanding) {
    if (left) {
      return;
    }
    if (connection == upstream) {
      ended(outstanding);
    } else if (upstream == null && isLostWith(connection)) {
      upstream = connection;
      ended(Outstanding.WHOLE);
    }
  }

  /** LittleProxy may write to a connection that has just ended; nobody notices. */
  private boolean isLostWith(UpstreamWatch connection) {
    return !passage.isDialled() && connection.origin().equals(passage.origin());
  }

  private void ended(Outstanding outstanding) {
    if (answerDone) {
      upstreamKept = true; // there is none any more that LittleProxy could mistake for open
      answered();
    } else if (answerBegun) {
      end(gate::abort);
    } else if (outstanding == Outstanding.WHOLE && isRepeatable()) {
      repeated = true;
      gate.give(passage.head());
      gate.give(LastHttpContent.EMPTY_LAST_CONTENT);
    } else if (outstanding != Outstanding.NOTHING) {
      gate.terms().events().unserved(Unserved.BAD_ANSWER);
      end(() -> OwnAnswers.last(gate, PlainAnswer.BAD_GATEWAY, !passage.request().isHead()));
    }
  }

  private boolean isRepeatable() {
    return passage.isSent() && passage.request().isRepeatable() && !repeated;
  }

  @Override
  public void timedOut() {
    if (answerBegun) {
      end(gate::abort);
    } else if (passage.isSent()) {
      gate.terms().events().unserved(Unserved.ANSWER_TIMED_OUT);
      end(() -> OwnAnswers.last(gate, PlainAnswer.GATEWAY_TIMEOUT, !passage.request().isHead()));
    } else {
      end(() -> OwnAnswers.requestTimeout(gate));
    }
  }

  private void end(Runnable how) {
    lost();
    how.run();
  }
}
