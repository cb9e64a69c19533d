package org.tidegate.proxy.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidegate.proxy.http.BadMessage;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader();

  /** The frames of a text that comes in these parts, in words. */
  private List<String> read(String... parts) throws BadMessage {
    List<Http2StreamFrame> frames = new ArrayList<>();
    for (String part : parts) {
      reader.read(Unpooled.copiedBuffer(part, ISO_8859_1), frames);
    }
    List<String> words = frames.stream().map(RequestReaderTest::words).toList();
    frames.forEach(ReferenceCountUtil::release);
    reader.release();
    return words;
  }

  private static String words(Http2StreamFrame frame) {
    StringBuilder words = new StringBuilder();
    boolean last;
    if (frame instanceof Http2HeadersFrame fields) {
      fields
          .headers()
          .forEach(f -> words.append(f.getKey()).append('=').append(f.getValue() + " "));
      last = fields.isEndStream();
    } else {
      Http2DataFrame data = (Http2DataFrame) frame;
      words.append(data.content().toString(ISO_8859_1)).append(' ');
      last = data.isEndStream();
    }
    return words.append(last ? "end" : "more").toString();
  }

  @Test
  void aHeadBecomesFields() throws BadMessage {
    assertThat(
            read(
                "GET /a?b HTTP/1.1\r\nHost: h.example:8443\r\nX-A: B\r\nConnection: x\r\n",
                "Upgrade: y\r\n\r\n"))
        .containsExactly(
            ":method=GET :scheme=https :path=/a?b :authority=h.example:8443 x-a=B te=trailers end");
    assertThat(reader.isEnded()).isTrue();
  }

  @Test
  void chunksBecomeDataAndTrailersFields() throws BadMessage {
    assertThat(
            read(
                "POST / HTTP/1.1\r\nHost: h.example\r\nTransfer-Encoding: chunked\r\n\r\n",
                "3\r\n",
                "abc",
                "\r\n",
                "0\r\nX-Sum: 1\r\n\r\n"))
        .containsExactly(
            ":method=POST :scheme=https :path=/ :authority=h.example te=trailers more",
            "abc more",
            "x-sum=1 end");
  }

  @Test
  void aStatedLengthStaysStated() throws BadMessage {
    assertThat(read("POST / HTTP/1.1\r\nHost: h.example\r\nContent-Length: 3\r\n\r\n", "ab", "c"))
        .containsExactly(
            ":method=POST :scheme=https :path=/ :authority=h.example content-length=3 te=trailers"
                + " more",
            "ab more",
            "c end");
  }

  @Test
  void aHeadIsRemembered() throws BadMessage {
    read("HEAD / HTTP/1.1\r\nHost: h.example\r\n\r\n");
    assertThat(reader.isHead()).isTrue();
  }
}
