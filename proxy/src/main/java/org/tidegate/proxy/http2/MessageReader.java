package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;

/** Reads one message of HTTP/1.1, as this gateway writes it, into frames. Used by one thread. */
abstract class MessageReader {
  private static final int MAX_HEAD = 2 << 20;

  private final MessageHead.Kind kind;
  private final HeadReader heads;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private @Nullable BodyReader body;
  private boolean ended;

  MessageReader(MessageHead.Kind kind) {
    this.kind = kind;
    this.heads = new HeadReader(kind, MAX_HEAD, MAX_HEAD);
  }

  /** Whether the message was read whole. */
  final boolean isEnded() {
    return ended;
  }

  /**
   * Reads a head into fields.
   *
   * @return how the body is framed that follows; null if another head does
   */
  abstract @Nullable Framing readHead(MessageHead head, Http2Headers headers) throws BadMessage;

  /** Reads on; the bytes are handed over. */
  final void read(ByteBuf bytes, List<Http2StreamFrame> frames) throws BadMessage {
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), pending, bytes);
    while (body == null) {
      MessageHead head = heads.read(pending);
      if (head == null) {
        return;
      }
      begin(head, frames);
    }
    readBody(body, frames);
  }

  private void begin(MessageHead head, List<Http2StreamFrame> frames) throws BadMessage {
    Http2Headers headers = new DefaultHttp2Headers(false);
    Framing framing = readHead(head, headers);
    if (framing != null) {
      BodyReader reading = new BodyReader(framing, kind);
      body = reading;
      ended = reading.isDone();
    }
    frames.add(new DefaultHttp2HeadersFrame(headers, ended));
  }

  private void readBody(BodyReader reading, List<Http2StreamFrame> frames) throws BadMessage {
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
      frames.add(last(reading.trailers()));
    }
  }

  private static Http2StreamFrame last(@Nullable MessageHead trailers) {
    if (trailers == null) {
      return new DefaultHttp2DataFrame(true);
    }
    Http2Headers headers = new DefaultHttp2Headers(false);
    Fields.copy(trailers, Set.of(), headers);
    return new DefaultHttp2HeadersFrame(headers, true);
  }

  final void release() {
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }
}
