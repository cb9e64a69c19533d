package org.tidegate.proxy.littleproxy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.tidegate.proxy.http.TargetUri;

/** A CONNECT whose target, and whose first bytes, were judged. */
record GivenConnect(String authority) implements Given {

  static GivenConnect to(TargetUri.HostOnly target) {
    return new GivenConnect(target.host().text() + ":" + target.port());
  }

  HttpRequest head() {
    HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority);
    head.headers().set(HttpHeaderNames.HOST, authority);
    return head;
  }

  @Override
  public boolean isSeenAs(HttpRequest request) {
    return request.method().equals(HttpMethod.CONNECT) && request.uri().equals(authority);
  }

  @Override
  public void restore(HttpRequest outgoing) {
    outgoing.setMethod(HttpMethod.CONNECT);
    outgoing.setUri(authority);
    outgoing.headers().set(HttpHeaderNames.HOST, authority);
  }

  @Override
  public void answeredByLittleProxy() {}

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "GivenConnect";
  }
}
