package org.tidegate.proxy.littleproxy;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.tidegate.proxy.splash.PlainAnswer;

/** Filters for a request that did not come through the gate: nothing of it is passed on. */
final class Refusing extends HttpFiltersAdapter {
  Refusing() {
    super(NoFilters.NO_REQUEST);
  }

  @Override
  public @Nullable HttpResponse clientToProxyRequest(HttpObject object) {
    return object instanceof HttpRequest
        ? AnswerObjects.of(PlainAnswer.NOT_READY.answer(null), true, "close")
        : null;
  }

  @Override
  public @Nullable HttpResponse proxyToServerRequest(HttpObject object) {
    return clientToProxyRequest(object);
  }
}
