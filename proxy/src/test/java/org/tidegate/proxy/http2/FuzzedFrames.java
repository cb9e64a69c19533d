package org.tidegate.proxy.http2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.proxy.http.BadMessage;

/** The frames of one stream, made up. */
final class FuzzedFrames {
  private static final String[] WORDS = {
    ":method",
    ":path",
    ":scheme",
    ":authority",
    ":status",
    "host",
    "content-length",
    "transfer-encoding",
    "chunked",
    "cookie",
    "te",
    "trailers",
    "expect",
    "100-continue",
    "GET",
    "https",
    "a.example",
    "0",
    "5",
    "103",
    "200",
    "204",
    "connection",
    "x\r\ny: z",
    "",
    "\0",
    "/a b"
  };

  private FuzzedFrames() {}

  /** Has a stream written that begins with these fields; tells whether it came to its end. */
  static boolean write(
      FuzzedDataProvider data, Http2Headers first, MessageWriter writer, ByteBuf text) {
    try {
      write(new DefaultHttp2HeadersFrame(first, data.consumeBoolean()), writer, text);
      while (!writer.isEnded()) {
        boolean last = data.consumeBoolean() || data.remainingBytes() == 0;
        Http2StreamFrame frame =
            data.consumeBoolean()
                ? new DefaultHttp2HeadersFrame(fields(data, new DefaultHttp2Headers(false)), last)
                : new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(data.consumeBytes(40)), last);
        write(frame, writer, text);
      }
      return true;
    } catch (BadMessage e) {
      return false;
    }
  }

  private static void write(Http2StreamFrame frame, MessageWriter writer, ByteBuf text)
      throws BadMessage {
    List<ByteBuf> out = new ArrayList<>();
    writer.write(frame, UnpooledByteBufAllocator.DEFAULT, out);
    for (ByteBuf piece : out) {
      text.writeBytes(piece);
      piece.release();
    }
  }

  static Http2Headers fields(FuzzedDataProvider data, Http2Headers headers) {
    int count = data.consumeInt(0, 6);
    for (int i = 0; i < count; i++) {
      headers.add(word(data), word(data));
    }
    return headers;
  }

  static String word(FuzzedDataProvider data) {
    return data.consumeBoolean() ? data.pickValue(WORDS) : data.consumeAsciiString(12);
  }
}
