package org.tidegate.proxy.littleproxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.proxy.splash.SplashAnswer;

/** Answers as Netty's objects: our own, and an origin's in the shape that the client is to get. */
final class AnswerObjects {
  private static final List<String> HOP_BY_HOP =
      List.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "upgrade",
          "te",
          "host",
          "http2-settings");

  private AnswerObjects() {}

  /**
   * An answer of our own.
   *
   * @param connection the Connection field's value, or an empty text for none
   */
  static FullHttpResponse of(SplashAnswer answer, boolean withBody, String connection) {
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    for (SplashAnswer.Field field : answer.fields()) {
      headers.add(field.name(), field.value());
    }
    headers.add("Content-Length", answer.body().length);
    if (!connection.isEmpty()) {
      headers.add("Connection", connection);
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(answer.status()),
        withBody ? Unpooled.wrappedBuffer(answer.body()) : Unpooled.EMPTY_BUFFER,
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  /** The grant of a CONNECT. */
  static FullHttpResponse granted() {
    HttpResponseStatus status = new HttpResponseStatus(200, "Connection established");
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
  }

  /** Takes off what belongs to the connection with the origin (RFC 9110 §7.6.1). */
  static void takeOffHopByHop(HttpResponse response) {
    HttpHeaders headers = response.headers();
    List<String> named = new ArrayList<>();
    for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
      for (String option : value.split(",", -1)) {
        named.add(option.strip());
      }
    }
    HOP_BY_HOP.forEach(headers::remove);
    for (String name : named) {
      boolean framing =
          name.isEmpty()
              || HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name)
              || HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name);
      if (!framing) {
        headers.remove(name);
      }
    }
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
  }
}
