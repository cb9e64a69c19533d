package org.tidegate.proxy.littleproxy;

import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.exchange.HeldHead;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.PlainAnswer;

/** Waits for a request's head, lets it through the gate, and has it judged. */
final class AwaitingHead implements GateStage {
  private final FrontGate gate;
  private final RequestGate rules;
  private final HeadReader reader;
  private boolean begun;

  /** On a connection that nothing came on yet. */
  AwaitingHead(FrontGate gate) {
    this(gate, RequestGate.explicit());
  }

  /**
   * Between requests.
   *
   * @param rules those of the proxy itself, or of a tunnel with clear HTTP inside
   */
  AwaitingHead(FrontGate gate, RequestGate rules) {
    this.gate = gate;
    this.rules = rules;
    Limits limits = gate.terms().limits();
    this.reader =
        new HeadReader(MessageHead.Kind.REQUEST, limits.requestLineBytes(), limits.fieldBytes());
  }

  @Override
  public void proceed() {
    if (!gate.context().channel().isWritable()) {
      gate.expectWithin(gate.terms().limits().stall()); // answers go unread: no more of them
      return;
    }
    try {
      MessageHead head = reader.read(gate.pending());
      if (head == null) {
        awaitMore();
      } else {
        dispatch(rules.check(head));
      }
    } catch (BadMessage e) {
      gate.terms().events().refused(ListenerKind.EXPLICIT, e.refusal());
      OwnAnswers.refuse(gate, e.refusal());
    }
  }

  private void awaitMore() {
    Limits limits = gate.terms().limits();
    if (gate.inputEnded()) {
      gate.finish();
    } else if (!begun && gate.pending().isReadable()) {
      begun = true;
      gate.expectWithin(limits.head()); // in all, however the bytes trickle in
    } else if (!begun) {
      gate.expectWithin(limits.idle());
    }
  }

  private void dispatch(GatedRequest request) throws BadMessage {
    boolean tunnels = request.target() instanceof TargetUri.HostOnly;
    Sight sight = tunnels ? Sight.CONNECT : Sight.URL;
    Judged judged =
        gate.terms().judge().judge(request.target(), sight, ListenerKind.EXPLICIT, gate.client());
    if (judged.judgement().verdict() instanceof Verdict.Blocked blocked) {
      OwnAnswers.splash(gate, rules, request, blocked, judged);
    } else if (!judged.judgement().passes()) {
      OwnAnswers.plain(gate, rules, request, PlainAnswer.NOT_READY);
    } else if (judged.canary()) {
      unserved(request, Unserved.NAME_NOT_FOUND, PlainAnswer.BAD_GATEWAY);
    } else if (HeldHead.leavesNoRoom(gate.client())) {
      unserved(request, Unserved.NO_MEMORY, PlainAnswer.NOT_READY);
    } else if (request.target() instanceof TargetUri.HostOnly tunnel) {
      grant(request, tunnel);
    } else if (request.target() instanceof TargetUri.Whole whole && whole.tls()) {
      // LittleProxy speaks TLS to no origin that is named in a request line.
      unserved(request, Unserved.TLS_FAILED, PlainAnswer.BAD_GATEWAY);
    } else {
      Passage passage = new Passage(request);
      gate.enter(new Passing(gate, rules, passage), passage.memory());
    }
  }

  private void unserved(GatedRequest request, Unserved why, PlainAnswer answer) {
    gate.terms().events().unserved(why);
    OwnAnswers.plain(gate, rules, request, answer);
  }

  /** Before the way onward is open: LittleProxy cannot take back a tunnel that holds HTTP. */
  private void grant(GatedRequest request, TargetUri.HostOnly tunnel) {
    if (gate.terms().connectPorts().test(tunnel.port())) {
      gate.context().writeAndFlush(AnswerObjects.granted());
      gate.enter(new TunnelBeginning(gate, tunnel));
    } else {
      unserved(request, Unserved.PORT_NOT_ALLOWED, PlainAnswer.DESTINATION_NOT_ALLOWED);
    }
  }

  /** Nothing was asked that LittleProxy could answer: what it writes comes of a fault. */
  @Override
  public boolean passes(Object message) {
    return false;
  }

  @Override
  public void timedOut() {
    if (!gate.context().channel().isWritable()) {
      gate.abort();
    } else if (begun) {
      OwnAnswers.requestTimeout(gate);
    } else {
      gate.finish();
    }
  }

  /** The value of a request's field, if it has one. */
  static @Nullable String value(GatedRequest request, String name) {
    int field = request.head().find(name, 0);
    return field < 0 ? null : request.head().value(field);
  }
}
