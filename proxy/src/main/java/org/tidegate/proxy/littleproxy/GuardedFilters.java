package org.tidegate.proxy.littleproxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFilters;
import org.tidegate.proxy.splash.PlainAnswer;

/**
 * The application's filters for one request that passed the gate, with a guard around them: what
 * was judged is what is sent, and LittleProxy's own error pages, which repeat the URL, are replaced
 * by plain answers.
 */
final class GuardedFilters implements HttpFilters {
  private final HttpFilters own;
  private final FrontGate gate;
  private final Given given;
  private volatile boolean answered;

  GuardedFilters(HttpFilters own, FrontGate gate, Given given) {
    this.own = own;
    this.gate = gate;
    this.given = given;
  }

  @Override
  public @Nullable HttpResponse clientToProxyRequest(HttpObject object) {
    return remembered(own.clientToProxyRequest(object));
  }

  @Override
  public @Nullable HttpResponse proxyToServerRequest(HttpObject object) {
    HttpResponse shortCut = remembered(own.proxyToServerRequest(object));
    if (shortCut == null && object instanceof HttpRequest request) {
      given.restore(request);
    }
    return shortCut;
  }

  private @Nullable HttpResponse remembered(@Nullable HttpResponse shortCut) {
    answered |= shortCut != null;
    return shortCut;
  }

  @Override
  public @Nullable HttpObject serverToProxyResponse(HttpObject object) {
    answered = true;
    return own.serverToProxyResponse(object);
  }

  @Override
  public @Nullable HttpObject proxyToClientResponse(HttpObject object) {
    if (!answered && object instanceof HttpResponse response && response.status().code() != 407) {
      given.answeredByLittleProxy();
      PlainAnswer plain =
          response.status().code() == 504 ? PlainAnswer.GATEWAY_TIMEOUT : PlainAnswer.BAD_GATEWAY;
      ReferenceCountUtil.release(object);
      return AnswerObjects.of(plain.answer(null), true, "");
    }
    return own.proxyToClientResponse(object);
  }

  @Override
  public void proxyToServerConnectionSucceeded(ChannelHandlerContext server) {
    if (server.pipeline().get(HttpRequestEncoder.class) != null) {
      UpstreamWatch.begin(server, gate, given.origin());
    }
    own.proxyToServerConnectionSucceeded(server);
  }

  /** TLS that LittleProxy opens would hide the server name and the requests from the gate. */
  @Override
  public boolean proxyToServerAllowMitm() {
    return false;
  }

  @Override
  public void serverToProxyResponseTimedOut() {
    own.serverToProxyResponseTimedOut();
  }

  @Override
  public void proxyToServerRequestSending() {
    own.proxyToServerRequestSending();
  }

  @Override
  public void proxyToServerRequestSent() {
    own.proxyToServerRequestSent();
  }

  @Override
  public void serverToProxyResponseReceiving() {
    own.serverToProxyResponseReceiving();
  }

  @Override
  public void serverToProxyResponseReceived() {
    own.serverToProxyResponseReceived();
  }

  @Override
  public void proxyToServerConnectionQueued() {
    own.proxyToServerConnectionQueued();
  }

  @Override
  public @Nullable InetSocketAddress proxyToServerResolutionStarted(String hostAndPort) {
    return own.proxyToServerResolutionStarted(hostAndPort);
  }

  @Override
  public void proxyToServerResolutionFailed(String hostAndPort) {
    own.proxyToServerResolutionFailed(hostAndPort);
  }

  @Override
  public void proxyToServerResolutionSucceeded(String hostAndPort, InetSocketAddress address) {
    own.proxyToServerResolutionSucceeded(hostAndPort, address);
  }

  @Override
  public void proxyToServerConnectionStarted() {
    given.dials();
    own.proxyToServerConnectionStarted();
  }

  @Override
  public void proxyToServerConnectionSSLHandshakeStarted() {
    own.proxyToServerConnectionSSLHandshakeStarted();
  }

  @Override
  public void proxyToServerConnectionFailed() {
    own.proxyToServerConnectionFailed();
  }

  @Override
  public void webSocketFrameReceived(Supplier<byte[]> frame, boolean fromClient) {
    own.webSocketFrameReceived(frame, fromClient);
  }
}
