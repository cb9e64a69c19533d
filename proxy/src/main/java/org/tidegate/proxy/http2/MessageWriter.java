package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.Chunks;
import org.tidegate.proxy.http.HeadText;
import org.tidegate.proxy.http.Refusal;

/**
 * Writes what the frames of one stream say as one message of HTTP/1.1: a head, then the body in the
 * only framing that the head states. What RFC 9113 §8 calls malformed is refused. Used by one
 * thread.
 */
abstract class MessageWriter {
  private long left = Fields.NOT_STATED;
  private boolean chunked;
  private boolean begun;
  private boolean ended;

  /** Whether the whole message was written. */
  final boolean isEnded() {
    return ended;
  }

  /**
   * Writes a head.
   *
   * @param endStream whether nothing follows it
   * @return whether it begins the message; else another head follows
   */
  abstract boolean writeHead(Http2Headers headers, boolean endStream, HeadText text)
      throws BadMessage;

  /** So much of a body follows, held to; {@link Fields#NOT_STATED} for any. */
  final void expect(long length) {
    left = length;
  }

  /** The body goes out in chunks. */
  final void chunk(HeadText text) throws BadMessage {
    chunked = true;
    text.field("transfer-encoding", "chunked");
  }

  /** Writes one frame; what it is made of is handed on. */
  final void write(Http2StreamFrame frame, ByteBufAllocator buffers, List<ByteBuf> out)
      throws BadMessage {
    if (ended) {
      return;
    }
    if (frame instanceof Http2DataFrame data && begun) {
      writeData(data.content(), data.isEndStream(), out);
    } else if (frame instanceof Http2HeadersFrame fields && !begun) {
      out.add(head(fields.headers(), fields.isEndStream(), buffers));
    } else if (frame instanceof Http2HeadersFrame fields && fields.isEndStream()) {
      end(fields.headers(), buffers, out);
    } else if (frame instanceof Http2DataFrame || frame instanceof Http2HeadersFrame) {
      throw new BadMessage(Refusal.BAD_TRAILER); // §8.1: no place for it
    }
  }

  private ByteBuf head(Http2Headers headers, boolean endStream, ByteBufAllocator buffers)
      throws BadMessage {
    ByteBuf out = buffers.buffer();
    try {
      HeadText text = new HeadText(out);
      begun = writeHead(headers, endStream, text);
      ended = endStream;
      if (endStream && (!begun || left > 0)) { // §8.1.1
        throw new BadMessage(Refusal.BAD_LENGTH);
      }
      text.end();
      return out;
    } catch (BadMessage e) {
      out.release();
      throw e;
    }
  }

  private void writeData(ByteBuf piece, boolean endStream, List<ByteBuf> out) throws BadMessage {
    int size = piece.readableBytes();
    if (left != Fields.NOT_STATED) {
      if (size > left || (endStream && size < left)) { // §8.1.1
        throw new BadMessage(Refusal.BAD_LENGTH);
      }
      left -= size;
    }
    if (size > 0) {
      Chunks.write(out::add, piece.retain(), chunked);
    }
    if (endStream) {
      end(null, piece.alloc(), out);
    }
  }

  private void end(@Nullable Http2Headers trailers, ByteBufAllocator buffers, List<ByteBuf> out)
      throws BadMessage {
    if (left > 0) {
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    ended = true;
    if (!chunked) {
      return; // a body of known length has no place for trailers
    }
    ByteBuf last = buffers.buffer();
    out.add(last);
    last.writeByte('0').writeByte('\r').writeByte('\n');
    HeadText text = new HeadText(last);
    if (trailers != null) {
      Fields.write(trailers, Set.of(), Set.of(), text);
    }
    text.end();
  }
}
