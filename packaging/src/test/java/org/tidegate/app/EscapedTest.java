package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {

  @Test
  void controlsAndBackslashesAreEscaped() {
    assertThat(Escaped.of("a\\b\tc\rd\ne\0f\u007f~".getBytes(UTF_8)))
        .isEqualTo("a\\\\b\\tc\\rd\\ne\\x00f\\x7f~");
  }

  @Test
  void escapesAreUndone() {
    assertThat(undone("a\\\\b\\tc\\rd\\ne\\x00f\\x7F~")).isEqualTo("a\\b\tc\rd\ne\0f\u007f~");
  }

  @Test
  void aBackslashThatBeginsNoEscapeStays() {
    assertThat(undone("h\\p\\x4\\xzz\\")).isEqualTo("h\\p\\x4\\xzz\\");
  }

  private static String undone(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new String(Escaped.undo(bytes, 0, bytes.length), ISO_8859_1);
  }

  @Test
  void utf8Stays() {
    String text = "\u00fc \u20ac \ud83d\ude00";

    assertThat(Escaped.of(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @Test
  void bytesThatAreNoUtf8AreEscaped() {
    assertThat(Escaped.of("\u00ff\u00e9".getBytes(ISO_8859_1))).isEqualTo("\\xff\\xe9");
    assertThat(Escaped.of("\u00c3".getBytes(ISO_8859_1))).isEqualTo("\\xc3");
    assertThat(Escaped.of("\u00c3a".getBytes(ISO_8859_1))).isEqualTo("\\xc3a");
    // A surrogate and an overlong slash.
    assertThat(Escaped.of("\u00ed\u00a0\u0080\u00c0\u00af".getBytes(ISO_8859_1)))
        .isEqualTo("\\xed\\xa0\\x80\\xc0\\xaf");
  }
}
