package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseGateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\n | LENGTH keep",
        "GET  | HTTP/1.1 200\\r\\nContent-Length: 3\\r\\n\\r\\n | LENGTH keep",
        "GET  | HTTP/1.1 200 \\r"
            + "\\n"
            + "Content-Length: 3\\r"
            + "\\n"
            + "Content-Length: 3\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " | LENGTH keep",
        "GET  | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | CHUNKED keep",
        "GET  | HTTP/1.1 200 OK\\r"
            + "\\n"
            + "Content-Length: 3\\r"
            + "\\n"
            + "Connection: close\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " | LENGTH close",
        "GET  | HTTP/1.0 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\n | LENGTH close",
        "GET  | HTTP/1.1 200 OK\\r\\n\\r\\n | UNTIL_CLOSE close",
        "HEAD | HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\n | NONE keep",
        "GET  | HTTP/1.1 204 No\\r\\n\\r\\n | NONE keep",
        "GET  | HTTP/1.1 304 No\\r\\nContent-Length: 3\\r\\n\\r\\n | NONE keep",
        "GET  | HTTP/1.1 200 OK\\nContent-Length : 3\\n\\n | LENGTH keep",
        "GET  | HTTP/1.1 200 OK\\r\\nX: a\\r\\n b\\r\\nContent-Length: 3\\r\\n\\r\\n | LENGTH keep",
        "GET  | HTTP/1.1 200 OK\\r"
            + "\\n"
            + "Content-Length: 3\\r"
            + "\\n"
            + "Transfer-Encoding: chunked\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " | LENGTH_AND_ENCODING",
        "GET  | HTTP/1.1 200 OK\\r"
            + "\\n"
            + "Content-Length: 3\\r"
            + "\\n"
            + "Content-Length: 4\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " | BAD_LENGTH",
        "GET  | HTTP/1.1 200 OK\\r\\nContent-Length: -3\\r\\n\\r\\n | BAD_LENGTH",
        "GET  | HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | BAD_ENCODING",
        "GET  | HTTP/1.0 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n | BAD_ENCODING",
        "GET  | HTTP/2.0 200 OK\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | HTTP/1.1 20 OK\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | HTTP/1.1 2000 OK\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | HTTP/1.1 999 OK\\r\\n\\r\\n | UNTIL_CLOSE close",
        "GET  | HTTP/1.1 099 OK\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | HTTP/1.1 200 O\\x00K\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | SSH-2.0-x\\r\\n\\r\\n | BAD_STATUS_LINE",
        "GET  | HTTP/1.1 200 OK\\r\\nX\\x00: 1\\r\\n\\r\\n | BAD_FIELD_NAME",
        "GET  | HTTP/1.1 200 OK\\r\\nX: a\\rb\\r\\n\\r\\n | BAD_LINE_END",
      })
  void reading(String method, String head, String expected) {
    assertThat(outcome(RawText.unescape(head), method.equals("HEAD"))).isEqualTo(expected);
  }

  private static String outcome(String head, boolean bodiless) {
    try {
      MessageHead read =
          new HeadReader(MessageHead.Kind.RESPONSE, 1024, 1024)
              .read(Unpooled.wrappedBuffer(head.getBytes(ISO_8859_1)));
      GatedResponse response = ResponseGate.check(Objects.requireNonNull(read), bodiless);
      return response.framing().kind() + (response.keepAlive() ? " keep" : " close");
    } catch (BadMessage e) {
      return e.refusal().name();
    }
  }
}
