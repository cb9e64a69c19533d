package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodyReaderTest {

  static List<String[]> vectors() throws IOException {
    return RawText.rows("/vectors/chunks.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector(String kind, String expected, String wire, String shows) {
    for (int slice : new int[] {1, 2, 3, 7, Integer.MAX_VALUE}) {
      assertThat(read(MessageHead.Kind.valueOf(kind), RawText.unescape(wire), slice))
          .describedAs(shows + ", by " + slice)
          .isEqualTo(expected);
    }
  }

  /** The body, what is left after it in brackets, and its trailers in braces; or the refusal. */
  private static String read(MessageHead.Kind kind, String wire, int slice) {
    BodyReader reader = new BodyReader(Framing.CHUNKED, kind);
    byte[] bytes = wire.getBytes(ISO_8859_1);
    ByteBuf in = Unpooled.buffer();
    StringBuilder body = new StringBuilder();
    try {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(slice, bytes.length - at);
        in.writeBytes(bytes, at, count);
        at += count;
        for (ByteBuf data; (data = reader.next(in)) != null; data.release()) {
          body.append(data.toString(ISO_8859_1));
        }
      }
      if (!reader.isDone()) {
        return body + " INCOMPLETE";
      }
      MessageHead trailers = reader.trailers();
      return body
          + "["
          + in.toString(ISO_8859_1)
          + "]"
          + (trailers == null ? "" : "{" + trailers.value(0) + "}");
    } catch (BadMessage e) {
      return e.refusal().name();
    } finally {
      in.release();
    }
  }
}
