package org.tidegate.proxy.http2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
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
    ByteBuf text = Unpooled.buffer();
    if (FuzzedFrames.write(data, headers(data), new RequestWriter(), text)) {
      read(text);
    } // else the stream is reset: what was written of it is no whole request
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
      headers
          .method("POST")
          .scheme("https")
          .authority("a.example")
          .path("/" + FuzzedFrames.word(data));
    }
    return FuzzedFrames.fields(data, headers);
  }
}
