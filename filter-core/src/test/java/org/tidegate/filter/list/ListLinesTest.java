package org.tidegate.filter.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListLinesTest {

  @Test
  void countsEveryLineFromOne() throws IOException {
    byte[] text = "\na.example/1\r\n\r\n# no\na.example/2".getBytes(UTF_8);

    assertThat(ReadLines.of("native", text).found)
        .containsExactly("2: PAGE a.example/1", "5: PAGE a.example/2");
    assertThat(ListFormat.NATIVE.read(new ByteArrayInputStream(text), new ReadLines()))
        .isEqualTo(5);
  }

  @Test
  void aReturnAloneEndsALine() throws IOException {
    byte[] text = "a.example\rb.example\r\r\nc.example\n\rd.example\r".getBytes(UTF_8);

    assertThat(ReadLines.of("native", text).found)
        .containsExactly(
            "1: DOMAIN a.example",
            "2: DOMAIN b.example",
            "4: DOMAIN c.example",
            "6: DOMAIN d.example");
    assertThat(ListFormat.NATIVE.read(new ByteArrayInputStream(text), new ReadLines()))
        .isEqualTo(6);
  }

  @Test
  void aLineEndAcrossTwoReadsIsOne() {
    String text = "#" + "x".repeat(8190) + "\r\nb.example\r\nc.example";

    assertThat(ReadLines.of("native", text.getBytes(UTF_8)).found)
        .containsExactly("2: DOMAIN b.example", "3: DOMAIN c.example");
  }

  @Test
  void anEmptyFileHasNoLine() throws IOException {
    assertThat(ListFormat.NATIVE.read(InputStream.nullInputStream(), new ReadLines())).isZero();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() {
    assertThat(ReadLines.of("native", "\uFEFF# a\nb.example".getBytes(UTF_8)).found)
        .containsExactly("2: DOMAIN b.example");
    assertThat(ReadLines.of("rpz", "\uFEFFb.example CNAME .".getBytes(UTF_8)).found)
        .containsExactly("1: HOST b.example");
  }

  @Test
  void anOverlongLineIsRefusedAndTheNextOneRead() {
    String longest = "a.example/" + "x".repeat(ListLines.MAX_LINE - 10);
    String text = longest + "\n" + longest + "y\n" + longest.repeat(3) + "\nb.example";

    ReadLines read = ReadLines.of("native", text.getBytes(UTF_8));

    assertThat(read.found).hasSize(4);
    assertThat(read.found.get(0)).startsWith("1: PAGE");
    assertThat(read.found.subList(1, 4))
        .containsExactly("2: refused TOO_LONG", "3: refused TOO_LONG", "4: DOMAIN b.example");
  }

  @Test
  void bytesThatAreNoUtf8StayWhatTheyAre() {
    byte[] text = "a.example/caf\u00e9\n\u00ff.example".getBytes(ISO_8859_1);

    assertThat(ReadLines.of("native", text).found)
        .containsExactly("1: PAGE a.example/caf%E9", "2: refused INVALID_HOST");
  }

  @Test
  void namesInUtf8BecomeAscii() {
    assertThat(ReadLines.of("hosts", "0.0.0.0 b\u00fccher.example".getBytes(UTF_8)).found)
        .containsExactly("1: HOST xn--bcher-kva.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "urls", "domains", "hosts", "rpz"})
  void textInUtf16IsNoEntry(String format) {
    byte[] text = "# a\n0.0.0.0 a.example\nb.example CNAME .\nhttp://c.example/\n".getBytes(UTF_16);

    assertThat(ReadLines.of(format, text).entries).isEmpty();
  }

  @Test
  void nothingThatHoldsALineDisclosesIt() {
    RawLine line = new RawLine(3, "secret.example".getBytes(UTF_8), 0, 14);

    assertThat(line).hasToString("RawLine[3]");
    assertThat(new RawUrl("secret.example")).hasToString("RawUrl");
    assertThat(ReadLines.of("native", "secret.example".getBytes(UTF_8)).entries.get(0))
        .hasToString("ListEntry[DOMAIN]");
  }
}
