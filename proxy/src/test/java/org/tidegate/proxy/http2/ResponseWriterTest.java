package org.tidegate.proxy.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.RawText;

class ResponseWriterTest {
  private final ResponseWriter writer = new ResponseWriter(() -> false);

  private static String write(MessageWriter writer, Http2StreamFrame... frames) throws BadMessage {
    List<ByteBuf> out = new ArrayList<>();
    try {
      for (Http2StreamFrame frame : frames) {
        writer.write(frame, UnpooledByteBufAllocator.DEFAULT, out);
      }
      StringBuilder text = new StringBuilder();
      out.forEach(piece -> text.append(piece.toString(ISO_8859_1)));
      return text.toString();
    } finally {
      out.forEach(ByteBuf::release);
    }
  }

  private static Http2StreamFrame head(boolean last, String... namesAndValues) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new DefaultHttp2HeadersFrame(headers, last);
  }

  private static Http2StreamFrame data(boolean last, String text) {
    return new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, ISO_8859_1), last);
  }

  @Test
  void aBodyGoesInChunksWithItsTrailers() throws BadMessage {
    String text =
        write(
            writer,
            head(false, ":status", "200", "content-length", "5", "x-a", "b"),
            data(false, "he"),
            data(false, ""),
            data(false, "llo"),
            head(true, "grpc-status", "0"));
    assertThat(text)
        .isEqualTo(
            "HTTP/1.1 200 \r\nx-a: b\r\ntransfer-encoding: chunked\r\n\r\n"
                + "2\r\nhe\r\n3\r\nllo\r\n0\r\ngrpc-status: 0\r\n\r\n");
    assertThat(writer.isEnded()).isTrue();
  }

  @Test
  void aHeadAloneHasNoBody() throws BadMessage {
    assertThat(write(writer, head(true, ":status", "200", "grpc-status", "5")))
        .isEqualTo("HTTP/1.1 200 \r\ngrpc-status: 5\r\ncontent-length: 0\r\n\r\n");
    assertThat(writer.isEnded()).isTrue();
  }

  @Test
  void interimAnswersComeBeforeTheAnswer() throws BadMessage {
    assertThat(
            write(
                writer,
                head(false, ":status", "103", "link", "x", "content-length", "5"),
                head(true, ":status", "204")))
        .isEqualTo("HTTP/1.1 103 \r\nlink: x\r\n\r\nHTTP/1.1 204 \r\n\r\n");
  }

  @Test
  void theAnswerToHeadStatesALengthAndHasNone() throws BadMessage {
    ResponseWriter toHead = new ResponseWriter(() -> true);
    assertThat(write(toHead, head(true, ":status", "200", "content-length", "5")))
        .isEqualTo("HTTP/1.1 200 \r\ncontent-length: 5\r\n\r\n");
    assertThat(toHead.isEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"204", "304"})
  void whatHasNoBodyTakesNone(String status) throws BadMessage {
    write(writer, head(false, ":status", status));
    assertThatThrownBy(() -> write(writer, data(true, "x"))).isInstanceOf(BadMessage.class);
  }

  static Stream<Arguments> malformed() throws IOException {
    return RawText.rows("/vectors/http2-answers.tsv").stream()
        .filter(row -> row[1].equals("writer"))
        .map(row -> Arguments.of(row[0], Stream.of(row).skip(2).map(RawText::unescape).toList()));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedHeadIsRefused(String what, List<String> fields) {
    assertThatThrownBy(() -> write(writer, head(true, fields.toArray(String[]::new))))
        .as(what)
        .isInstanceOf(BadMessage.class);
  }

  static Stream<Http2StreamFrame> ends() {
    return Stream.of(
        data(true, ""),
        data(true, "hell"),
        data(false, "hello!"),
        head(true, "x-a", "b"),
        head(false, "x-a", "b"),
        head(false, ":status", "103"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void aBodyUnlikeItsLengthIsRefused(Http2StreamFrame next) throws BadMessage {
    write(writer, head(false, ":status", "200", "content-length", "5"));
    assertThatThrownBy(() -> write(writer, next)).isInstanceOf(BadMessage.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {":status", "connection", "X-A", "x a", "x:a", "", "transfer-encoding"})
  void malformedTrailersAreRefused(String name) throws BadMessage {
    write(writer, head(false, ":status", "200"), data(false, "x"));
    assertThatThrownBy(() -> write(writer, head(true, name, "200"))).isInstanceOf(BadMessage.class);
  }

  @Test
  void aBodyBeforeItsHeadIsRefused() {
    assertThatThrownBy(() -> write(writer, data(false, "x"))).isInstanceOf(BadMessage.class);
  }
}
