package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rewritten, to the byte: the tables of docs/request-gate.md. */
class HeadWriterTest {
  static List<String[]> vectors() throws IOException {
    return RawText.rows("/vectors/rewriting.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector(String what, String comes, String goes, String shows, String row) throws BadMessage {
    ByteBuf out = Unpooled.buffer();
    if (what.equals("RESPONSE")) {
      GatedResponse response =
          ResponseGate.check(head(RawText.unescape(comes), MessageHead.Kind.RESPONSE), false);
      HeadWriter.writeResponse(response, response.framing(), "", out);
    } else if (what.equals("TRAILERS")) {
      BodyReader body = new BodyReader(Framing.CHUNKED, MessageHead.Kind.REQUEST);
      body.next(Unpooled.wrappedBuffer(RawText.unescape(comes).getBytes(ISO_8859_1)));
      HeadWriter.writeLastChunk(body.trailers(), out);
    } else {
      GatedRequest request =
          RequestGate.explicit().check(head(RawText.unescape(comes), MessageHead.Kind.REQUEST));
      HeadWriter.writeRequest(request, what.equals("PARENT"), "Basic Z3c6cA==", Whose.UNSAID, out);
    }
    assertThat(out.toString(ISO_8859_1)).describedAs(shows).isEqualTo(RawText.unescape(goes));
  }

  private static MessageHead head(String text, MessageHead.Kind kind) throws BadMessage {
    ByteBuf in = Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
    return requireNonNull(new HeadReader(kind, 4096, 4096).read(in));
  }
}
