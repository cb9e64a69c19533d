package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.ResponseGate;

/** Reads the answer that goes back on one stream, as HTTP/1.1, into frames. Used by one thread. */
final class ResponseReader {
  private static final int MAX_HEAD = 2 << 20;
  private static final Set<String> CONNECTION_FIELDS =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

  private final HeadReader heads = new HeadReader(MessageHead.Kind.RESPONSE, MAX_HEAD, MAX_HEAD);
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private @Nullable BodyReader body;
  private boolean ended;

  /** Whether the answer was read whole. */
  boolean isEnded() {
    return ended;
  }

  /**
   * Reads on; the bytes are handed over.
   *
   * @param bodiless whether it answers a HEAD
   */
  void read(ByteBuf bytes, boolean bodiless, List<Object> frames) throws BadMessage {
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), pending, bytes);
    while (body == null) {
      MessageHead head = heads.read(pending);
      if (head == null) {
        return;
      }
      begin(ResponseGate.check(head, bodiless), frames);
    }
    readBody(body, frames);
  }

  private void begin(GatedResponse response, List<Object> frames) {
    Http2Headers headers = fields(response.head(), new DefaultHttp2Headers(false));
    headers.status(Integer.toString(response.status()));
    if (response.isInterim()) {
      frames.add(new DefaultHttp2HeadersFrame(headers));
      return;
    }
    BodyReader reading = new BodyReader(response.framing(), MessageHead.Kind.RESPONSE);
    body = reading;
    ended = reading.isDone();
    frames.add(new DefaultHttp2HeadersFrame(headers, ended));
  }

  private void readBody(BodyReader reading, List<Object> frames) throws BadMessage {
    if (ended) {
      return;
    }
    ByteBuf next = reading.next(pending);
    while (next != null) {
      ByteBuf piece = next;
      next = reading.next(pending);
      boolean last = next == null && reading.isDone() && reading.trailers() == null;
      frames.add(new DefaultHttp2DataFrame(piece, last));
      ended |= last;
    }
    if (reading.isDone() && !ended) {
      ended = true;
      MessageHead trailers = reading.trailers();
      frames.add(
          trailers == null
              ? new DefaultHttp2DataFrame(true)
              : new DefaultHttp2HeadersFrame(
                  fields(trailers, new DefaultHttp2Headers(false)), true));
    }
  }

  private static Http2Headers fields(MessageHead head, Http2Headers headers) {
    for (int i = 0; i < head.fieldCount(); i++) {
      String name = head.name(i).toLowerCase(Locale.ROOT);
      if (!CONNECTION_FIELDS.contains(name)) {
        headers.add(name, head.value(i));
      }
    }
    return headers;
  }

  void release() {
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }
}
