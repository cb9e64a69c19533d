package org.tidegate.proxy.http2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.ResponseGate;

/** Whatever an origin's stream says is one answer to the gate, and nothing after it, or refused. */
class ResponseWriterFuzzTest {
  private static final int MAX = 1 << 20;

  @FuzzTest
  void oneStreamIsOneAnswer(FuzzedDataProvider data) {
    boolean answersHead = data.consumeBoolean();
    ByteBuf text = Unpooled.buffer();
    ResponseWriter writer = new ResponseWriter(() -> answersHead);
    boolean whole = FuzzedFrames.write(data, headers(data), writer, text);
    try {
      read(text, answersHead, whole);
    } catch (BadMessage e) {
      // refused by the gate, and its stream reset
    }
  }

  private static void read(ByteBuf text, boolean answersHead, boolean whole) throws BadMessage {
    HeadReader heads = new HeadReader(MessageHead.Kind.RESPONSE, MAX, MAX);
    GatedResponse response = null;
    do {
      MessageHead head = heads.read(text);
      if (head == null) {
        require(!whole, "no whole head");
        return;
      }
      response = ResponseGate.check(head, answersHead);
      require(response.status() != 101, "an upgrade");
    } while (response.isInterim());
    require(response.framing().kind() != Framing.Kind.UNTIL_CLOSE, "no end of its own");
    BodyReader body = new BodyReader(response.framing(), MessageHead.Kind.RESPONSE);
    for (ByteBuf piece = body.next(text); piece != null; piece = body.next(text)) {
      piece.release();
    }
    require(!whole || body.isDone(), "an answer without an end");
    require(whole || !body.isDone() || !response.framing().hasBody(), "an end before the stream's");
    require(!body.isDone() || !text.isReadable(), "more than one answer");
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new AssertionError(what);
    }
  }

  private static Http2Headers headers(FuzzedDataProvider data) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    if (data.consumeBoolean()) {
      headers.status(data.pickValue(new String[] {"200", "100", "103", "204", "304", "500"}));
    }
    return FuzzedFrames.fields(data, headers);
  }
}
