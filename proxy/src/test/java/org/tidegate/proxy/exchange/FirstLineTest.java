package org.tidegate.proxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {

  private static FirstLine of(String bytes) {
    return FirstLine.of(Unpooled.wrappedBuffer(bytes.getBytes(ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "get\t/",
        "G\u000b/",
        "G\f/",
        "G\r/",
        " GET /",
        "\r\n\r\nPOST  *",
        "X-9 http://a",
        "GET ?q",
        "GET \\x"
      })
  void whatAnyServerMightReadAsHttp(String bytes) {
    assertThat(of(bytes)).isEqualTo(FirstLine.HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000GET /", "SSH-2.0-x\r\n", "GET:/", "{\"a\": 1}", "\u00ff"})
  void whatNoneDoes(String bytes) {
    assertThat(of(bytes)).isEqualTo(FirstLine.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET", "GET ", "\r\n"})
  void whatMayBecomeEither(String bytes) {
    assertThat(of(bytes)).isEqualTo(FirstLine.UNDECIDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "A"})
  void whatStaysUndecidedIsLeftToTheGate(String bytes) {
    assertThat(of(bytes.repeat(2000))).isEqualTo(FirstLine.HTTP);
  }
}
