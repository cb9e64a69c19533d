package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class CsvColumnTest {

  @Test
  void aNamedColumnIsFoundInTheFirstRecord() throws IOException {
    String csv =
        "id,URL,note\r\n1,http://a.example/,x\r\n2,\"http://b.example/?a,b\",\"y\"\"z\"\r\n";
    assertThat(read(csv, "url", ',')).isEqualTo("\nhttp://a.example/\nhttp://b.example/?a,b\n");
    assertThat(read(csv, "note", ',')).isEqualTo("\nx\ny\"z\n");
    assertThat(read("\ufeffurl\nä.example\n", "url", ',')).isEqualTo("\nä.example\n");
  }

  @Test
  void aNumberedColumnNeedsNoNames() throws IOException {
    assertThat(read("1;a.example\n2;b.example", "2", ';')).isEqualTo("a.example\nb.example\n");
  }

  @Test
  void everyRecordIsOneLine() throws IOException {
    assertThat(read("1,\"a\nb\"\n\n3,c\n4\n", "2", ',')).isEqualTo("a b\n\nc\n\n");
  }

  @Test
  void aReturnAloneEndsARecord() throws IOException {
    assertThat(read("1,a.example\r2,b.example\r\r\n3,\"c\rd\"\r", "2", ','))
        .isEqualTo("a.example\nb.example\n\nc d\n");
    assertThat(read("id,url\r1,a.example/2\r", "url", ',')).isEqualTo("\na.example/2\n");
  }

  @Test
  void whatIsNoCsvIsRefused() {
    assertThatThrownBy(() -> read("a,b\n", "url", ','))
        .isInstanceOf(SourceException.class)
        .hasMessage("the CSV's first record has no such column");
    assertThatThrownBy(() -> read("1,\"secret.example", "2", ','))
        .hasMessage("the CSV ends within quotes");
    assertThatThrownBy(() -> read("1,\"" + "x".repeat(2_000_000), "2", ','))
        .hasMessageStartingWith("a CSV record is too long");
  }

  @Test
  void aRecordWithoutTheColumnIsTold() throws IOException {
    List<Integer> without = new ArrayList<>();
    String csv = "id,url\n1,a.example\n2\n\n3;c.example\n4,\n \n";

    assertThat(read(csv, "url", ',', without::add)).isEqualTo("\na.example\n\n\n\n\n\n");
    assertThat(without).containsExactly(3, 5);
    assertThat(read("# made\n# by\n7;x\n", "3", ';', without::add)).isEqualTo("\n\n\n");
    assertThat(without).containsExactly(3, 5, 3);
  }

  @Test
  void everyFileMayNameTheColumnsInItsOwnOrder() throws IOException {
    String csv = "\ufeffid,url\n1,a.example\n\ufeff\"URL\",id \nb.example,2\nc.example,3\n";

    assertThat(read(csv, "url", ',')).isEqualTo("\na.example\n\nb.example\nc.example\n");
  }

  @Test
  void aValueLikeTheColumnsNameIsAValue() throws IOException {
    String csv = "url,kind,id\na.example,url,1\nb.example,URL,2\nurl,kind\nc.example,domain,3\n";

    assertThat(read(csv, "url", ',')).isEqualTo("\na.example\nb.example\nurl\nc.example\n");
  }

  private static String read(String csv, String column, char delimiter) throws IOException {
    return read(csv, column, delimiter, record -> {});
  }

  private static String read(String csv, String column, char delimiter, IntConsumer without)
      throws IOException {
    InputStream text = new ByteArrayInputStream(csv.getBytes(UTF_8));
    try (InputStream in = CsvColumn.of(text, column, delimiter, without)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
