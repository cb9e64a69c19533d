package org.tidegate.proxy.littleproxy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.littleshoot.proxy.HttpFiltersAdapter;

/** Filters that leave everything alone, where the application has none of its own. */
final class NoFilters extends HttpFiltersAdapter {
  static final HttpRequest NO_REQUEST =
      new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

  NoFilters(HttpRequest request) {
    super(request);
  }
}
