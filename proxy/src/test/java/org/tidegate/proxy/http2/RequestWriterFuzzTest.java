package org.tidegate.proxy.http2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;

/** Whatever a stream says is one request to the gate, and nothing after it, or is refused. */
class RequestWriterFuzzTest {
  private static final int MAX = 1 << 20;
  private static final RequestGate GATE =
      RequestGate.insideTls(
          new TargetUri.HostOnly(CanonicalHost.parse("a.example").orElseThrow(), 443));

  @FuzzTest
  void oneStreamIsOneRequest(FuzzedDataProvider data) {
    RequestWriter writer = new RequestWriter();
    ByteBuf text = Unpooled.buffer();
    try {
      boolean ends = data.consumeBoolean();
      Http2Headers headers = headers(data);
      append(text, writer.head(headers, ends, UnpooledByteBufAllocator.DEFAULT));
      while (!writer.isEnded()) {
        List<Object> out = new ArrayList<>();
        boolean last = data.consumeBoolean() || data.remainingBytes() == 0;
        if (last && data.consumeBoolean()) {
          writer.trailers(
              fields(data, new DefaultHttp2Headers(false)), UnpooledByteBufAllocator.DEFAULT, out);
        } else {
          writer.data(Unpooled.wrappedBuffer(data.consumeBytes(40)), last, out);
        }
        out.forEach(piece -> append(text, (ByteBuf) piece));
      }
    } catch (BadMessage e) {
      return; // the stream is reset: what was written of it is no whole request
    }
    read(text);
  }

  private static void append(ByteBuf text, ByteBuf piece) {
    text.writeBytes(piece);
    piece.release();
  }

  private static void read(ByteBuf text) {
    try {
      MessageHead head = new HeadReader(MessageHead.Kind.REQUEST, MAX, MAX).read(text);
      if (head == null) {
        throw new AssertionError("no whole head");
      }
      GatedRequest request = GATE.check(head);
      BodyReader body = new BodyReader(request.framing(), MessageHead.Kind.REQUEST);
      for (ByteBuf piece = body.next(text); piece != null; piece = body.next(text)) {
        piece.release();
      }
      if (!body.isDone() || text.isReadable()) {
        throw new AssertionError("not one request");
      }
    } catch (BadMessage e) {
      // refused by the gate, and the connection of this one stream ended
    }
  }

  private static Http2Headers headers(FuzzedDataProvider data) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    if (data.consumeBoolean()) {
      headers.method("POST").scheme("https").authority("a.example").path("/" + word(data));
    }
    return fields(data, headers);
  }

  private static Http2Headers fields(FuzzedDataProvider data, Http2Headers headers) {
    int count = data.consumeInt(0, 6);
    for (int i = 0; i < count; i++) {
      headers.add(word(data), word(data));
    }
    return headers;
  }

  private static final String[] WORDS = {
    ":method",
    ":path",
    ":scheme",
    ":authority",
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
    "connection",
    "x\r\ny: z",
    "",
    "\0",
    "/a b"
  };

  private static String word(FuzzedDataProvider data) {
    return data.consumeBoolean() ? data.pickValue(WORDS) : data.consumeAsciiString(12);
  }
}
