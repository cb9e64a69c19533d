package org.tidegate.proxy.http2;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.ResponseGate;

/** Reads the answer that goes back to a client on one stream. Used by one thread. */
final class ResponseReader extends MessageReader {
  private final BooleanSupplier answersHead;

  /** The supplier tells whether the request is a HEAD. */
  ResponseReader(BooleanSupplier answersHead) {
    super(MessageHead.Kind.RESPONSE);
    this.answersHead = answersHead;
  }

  @Override
  @Nullable Framing readHead(MessageHead head, Http2Headers headers) throws BadMessage {
    GatedResponse response = ResponseGate.check(head, answersHead.getAsBoolean());
    headers.status(Integer.toString(response.status()));
    Fields.copy(head, Set.of(), headers);
    return response.isInterim() ? null : response.framing();
  }
}
