package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseGateTest {
  static List<String[]> vectors() throws IOException {
    return RawText.rows("/vectors/response-gate.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector(String expected, String method, String head, String shows) {
    assertThat(outcome(RawText.unescape(head), method.equals("HEAD")))
        .describedAs(shows)
        .isEqualTo(expected);
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
