package org.tidegate.proxy.littleproxy;

import static java.util.Objects.requireNonNull;

import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.PlainAnswer;
import org.tidegate.proxy.splash.SplashAnswer;

/** The answers that the gate gives itself, and what becomes of the connection after each. */
final class OwnAnswers {
  private OwnAnswers() {}

  static void splash(
      FrontGate gate,
      RequestGate rules,
      GatedRequest request,
      Verdict.Blocked blocked,
      Judged judged) {
    if (judged.plain()) {
      plain(gate, rules, request, PlainAnswer.DESTINATION_NOT_ALLOWED);
      return;
    }
    SplashAnswer answer =
        gate.terms()
            .splash()
            .answer(
                blocked.list(),
                requireNonNull(judged.reference()),
                AwaitingHead.value(request, "accept-language"),
                AwaitingHead.value(request, "accept"),
                AwaitingHead.value(request, "sec-fetch-dest"));
    give(gate, rules, request, answer);
  }

  static void plain(FrontGate gate, RequestGate rules, GatedRequest request, PlainAnswer answer) {
    give(gate, rules, request, answer.answer(AwaitingHead.value(request, "accept-language")));
  }

  /** Where the body of a refused request ends is not known, so neither is a next request. */
  static void refuse(FrontGate gate, Refusal refusal) {
    PlainAnswer answer =
        switch (refusal) {
          case TARGET_TOO_LONG -> PlainAnswer.TARGET_TOO_LONG;
          case HEAD_TOO_LARGE -> PlainAnswer.FIELDS_TOO_LARGE;
          default -> PlainAnswer.BAD_REQUEST;
        };
    last(gate, answer, true);
  }

  static void requestTimeout(FrontGate gate) {
    last(gate, PlainAnswer.REQUEST_TIMEOUT, true);
  }

  /** Answers, and closes. */
  static void last(FrontGate gate, PlainAnswer answer, boolean withBody) {
    gate.context().writeAndFlush(AnswerObjects.of(answer.answer(null), withBody, "close"));
    gate.finish();
  }

  private static void give(
      FrontGate gate, RequestGate rules, GatedRequest request, SplashAnswer answer) {
    boolean keepAlive =
        request.keepAlive()
            && (!gate.inputEnded() || gate.pending().isReadable())
            && !request.framing().hasBody()
            && request.target() instanceof TargetUri.Whole;
    String connection = keepAlive ? (request.http11() ? "" : "keep-alive") : "close";
    gate.context().writeAndFlush(AnswerObjects.of(answer, !request.isHead(), connection));
    if (keepAlive) {
      gate.enter(new AwaitingHead(gate, rules));
    } else {
      gate.finish();
    }
  }
}
