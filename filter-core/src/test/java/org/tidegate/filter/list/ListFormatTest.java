package org.tidegate.filter.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ListFormatTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/list-lines.tsv", delimiter = '\t')
  void everyLineSaysWhatItCovers(String format, String line, String expected) {
    ReadLines read = ReadLines.of(format, line.getBytes(UTF_8));

    String found = String.join(" | ", read.found).replace("1: ", "");
    assertThat(found.isEmpty() ? "nothing" : found).isEqualTo(expected);
  }

  @Test
  void formatsAreFoundByTheirId() {
    assertThat(Arrays.stream(ListFormat.values()).map(ListFormat::id).collect(Collectors.toList()))
        .containsExactly("native", "urls", "domains", "hosts", "squidguard", "adblock", "rpz");
    assertThat(ListFormat.find("rpz")).contains(ListFormat.RPZ);
    assertThat(ListFormat.find("RPZ")).isEmpty();
    assertThat(ListFormat.SQUIDGUARD.parts()).containsExactly("domains", "urls");
    assertThat(ListFormat.NATIVE.parts()).isEmpty();
  }

  @Test
  void partsMustExist() {
    ByteArrayInputStream none = new ByteArrayInputStream(new byte[0]);

    assertThatThrownBy(() -> ListFormat.SQUIDGUARD.read(none, new ReadLines()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListFormat.URLS.read("urls", none, new ReadLines()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
