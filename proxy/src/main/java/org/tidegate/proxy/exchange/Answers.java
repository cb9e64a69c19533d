package org.tidegate.proxy.exchange;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.PlainAnswer;
import org.tidegate.proxy.splash.SplashAnswer;
import org.tidegate.proxy.upstream.DialFailure;

/** The answers that the gateway gives itself, and what becomes of the connection after each. */
final class Answers {
  private Answers() {}

  /**
   * A blocked request: the splash page, or what tells less. Also for CONNECT, where browsers show
   * only the status.
   */
  static void splash(
      ClientConnection client, GatedRequest request, Verdict.Blocked blocked, Judged judged) {
    if (judged.plain()) {
      plain(client, request, PlainAnswer.DESTINATION_NOT_ALLOWED);
      return;
    }
    MessageHead head = request.head();
    SplashAnswer answer =
        client
            .services()
            .splash()
            .answer(
                blocked.list(),
                requireNonNull(judged.reference()),
                value(head, "accept-language"),
                value(head, "accept"),
                value(head, "sec-fetch-dest"));
    give(client, request, answer);
  }

  /** A request that cannot be judged, where the operator chose to refuse those. */
  static void unavailable(ClientConnection client, GatedRequest request) {
    plain(client, request, PlainAnswer.NOT_READY);
  }

  /** A request for which no connection onward came about. */
  static void unreachable(
      ClientConnection client, GatedRequest request, @Nullable Throwable cause) {
    if (cause instanceof DialFailure failure
        && failure.reason() == DialFailure.Reason.CREDENTIALS_ASKED
        && client.services().upstreams().passesChallenges()) {
      challenge(client, request, failure.challenges());
      return;
    }
    unserved(client, request, reason(cause));
  }

  /** A parent's challenge that came in answer to our CONNECT; the client tries again. */
  private static void challenge(
      ClientConnection client, GatedRequest request, List<String> challenges) {
    SplashAnswer page =
        PlainAnswer.CREDENTIALS_ASKED.answer(value(request.head(), "accept-language"));
    give(client, request, page.with("Proxy-Authenticate", challenges));
  }

  /** A request that was to pass and cannot be served. */
  static void unserved(ClientConnection client, GatedRequest request, Unserved why) {
    client.services().events().unserved(why);
    plain(client, request, forFailure(why));
  }

  static void plain(ClientConnection client, GatedRequest request, PlainAnswer answer) {
    give(client, request, answer.answer(value(request.head(), "accept-language")));
  }

  /**
   * A request that the gate refused. Where its body ends is not known, so neither is a next one.
   */
  static void refuse(ClientConnection client, Refusal refusal) {
    client.services().events().refused(client.listener(), refusal);
    PlainAnswer answer =
        switch (refusal) {
          case TARGET_TOO_LONG -> PlainAnswer.TARGET_TOO_LONG;
          case HEAD_TOO_LARGE -> PlainAnswer.FIELDS_TOO_LARGE;
          default -> PlainAnswer.BAD_REQUEST;
        };
    write(client, answer.answer(null), true, "close");
    client.finish();
  }

  static void requestTimeout(ClientConnection client) {
    last(client, PlainAnswer.REQUEST_TIMEOUT.answer(null), true);
  }

  /**
   * A request that ends here (RFC 9110 §7.6.2). TRACE would have us send back what the client sent.
   */
  static void asLast(ClientConnection client, GatedRequest request) {
    int status = request.method().equals("TRACE") ? 501 : 200;
    give(client, request, SplashAnswer.empty(status));
  }

  /** Answers, and takes no further request. */
  static void last(ClientConnection client, SplashAnswer answer, boolean withBody) {
    write(client, answer, withBody, "close");
    client.finish();
  }

  /** The Connection field towards the client, empty for none. */
  static String connectionField(GatedRequest request, boolean keepAlive) {
    if (!keepAlive) {
      return "close";
    }
    return request.http11() ? "" : "keep-alive";
  }

  /** Why no connection onward came about, as it is told. */
  static Unserved reason(@Nullable Throwable cause) {
    if (!(cause instanceof DialFailure failure)) {
      return Unserved.UNREACHABLE;
    }
    return switch (failure.reason()) {
      case NAME_NOT_FOUND -> Unserved.NAME_NOT_FOUND;
      case ADDRESS_REFUSED -> Unserved.ADDRESS_NOT_ALLOWED;
      case FOREIGN_ADDRESS -> Unserved.FOREIGN_ADDRESS;
      case LOOP -> Unserved.LOOP;
      case UNREACHABLE -> Unserved.UNREACHABLE;
      case TIMED_OUT -> Unserved.CONNECT_TIMED_OUT;
      case TLS_FAILED -> Unserved.TLS_FAILED;
      case ORIGIN_OUTDATED -> Unserved.ORIGIN_OUTDATED;
      case ORIGIN_OTHER_NAME -> Unserved.ORIGIN_OTHER_NAME;
      case ORIGIN_UNTRUSTED -> Unserved.ORIGIN_UNTRUSTED;
      case ORIGIN_WEAK -> Unserved.ORIGIN_WEAK;
      case PARENT_REFUSED -> Unserved.PARENT_REFUSED;
      case CREDENTIALS_ASKED -> Unserved.CREDENTIALS_ASKED;
      case HOST_BUSY -> Unserved.HOST_BUSY;
    };
  }

  private static PlainAnswer forFailure(Unserved why) {
    return switch (why) {
      case ADDRESS_NOT_ALLOWED, PORT_NOT_ALLOWED, FOREIGN_ADDRESS, LOOP ->
          PlainAnswer.DESTINATION_NOT_ALLOWED;
      case CONNECT_TIMED_OUT, ANSWER_TIMED_OUT -> PlainAnswer.GATEWAY_TIMEOUT;
      case ORIGIN_OUTDATED -> PlainAnswer.ORIGIN_OUTDATED;
      case ORIGIN_OTHER_NAME -> PlainAnswer.ORIGIN_OTHER_NAME;
      case ORIGIN_UNTRUSTED -> PlainAnswer.ORIGIN_UNTRUSTED;
      case ORIGIN_WEAK -> PlainAnswer.ORIGIN_WEAK;
      case CREDENTIALS_ASKED -> PlainAnswer.PARENT_REFUSES;
      case HOST_BUSY, NO_MEMORY -> PlainAnswer.NOT_READY;
      default -> PlainAnswer.BAD_GATEWAY;
    };
  }

  private static void give(ClientConnection client, GatedRequest request, SplashAnswer answer) {
    boolean keepAlive =
        request.keepAlive()
            && client.mayContinue()
            && !request.framing().hasBody()
            && request.target() instanceof TargetUri.Whole;
    write(client, answer, !request.isHead(), connectionField(request, keepAlive));
    if (keepAlive) {
      client.enter(new AwaitingRequest(client));
    } else {
      client.finish();
    }
  }

  private static void write(
      ClientConnection client, SplashAnswer answer, boolean withBody, String connection) {
    ByteBuf out = client.buffer();
    ByteBufUtil.writeAscii(out, "HTTP/1.1 " + answer.status() + " " + reason(answer.status()));
    for (SplashAnswer.Field field : answer.fields()) {
      ByteBufUtil.writeAscii(out, "\r\n" + field.name() + ": " + field.value());
    }
    ByteBufUtil.writeAscii(out, "\r\nContent-Length: " + answer.body().length);
    if (!connection.isEmpty()) {
      ByteBufUtil.writeAscii(out, "\r\nConnection: " + connection);
    }
    ByteBufUtil.writeAscii(out, "\r\n\r\n");
    if (withBody) {
      out.writeBytes(answer.body());
    }
    client.write(out);
    client.flush();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 431 -> "Request Header Fields Too Large";
      case 451 -> "Unavailable For Legal Reasons";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }

  private static @Nullable String value(MessageHead head, String name) {
    int field = head.find(name, 0);
    return field < 0 ? null : head.value(field);
  }
}
