package org.tidegate.proxy.littleproxy;

import io.netty.handler.codec.http.HttpRequest;

/** What the gate has given LittleProxy to do. Safe for many threads. */
interface Given {
  /** Whether a request that LittleProxy asks about is this one. */
  boolean isSeenAs(HttpRequest request);

  /** Makes a request that is about to be sent ask for what was judged, whoever changed it since. */
  void restore(HttpRequest outgoing);

  /** Where it is to go: {@code http://} and the value of its Host field; empty for a tunnel. */
  default String origin() {
    return "";
  }

  /** LittleProxy opens a connection for it. */
  default void dials() {}

  /** LittleProxy answers in the origin's place: in a state that it takes no further request in. */
  void answeredByLittleProxy();
}
