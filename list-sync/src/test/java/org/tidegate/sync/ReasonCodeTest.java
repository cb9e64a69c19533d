package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Trouble;

/** Every reason code has one cause, one test, and one place in the documentation. */
class ReasonCodeTest {
  private static final String BY_VECTOR = "whatAServerDoesHasItsReasonAndTheListStays";

  private record Row(String code, String cause, String type, String method) {
    static Row of(String line) {
      String[] columns = line.split("\t", -1);
      String[] test = columns[2].split("#", -1);
      return new Row(columns[0], columns[1], "org.tidegate." + test[0], test[1]);
    }
  }

  @Test
  void everyCodeHasOneRowAndEveryRowACauseOfItsOwn() throws Exception {
    List<String> codes =
        Stream.concat(
                Arrays.stream(ReasonCode.values()).map(ReasonCode::code),
                Arrays.stream(Trouble.values()).map(Trouble::code))
            .toList();
    assertThat(rows()).extracting(Row::code).containsExactlyInAnyOrderElementsOf(codes);
    assertThat(rows()).extracting(Row::cause).doesNotHaveDuplicates();
  }

  @Test
  void everyCodeHasATest() throws Exception {
    List<String> vectors = lines("hostile-server.tsv");
    for (Row row : rows()) {
      assertThat(Class.forName(row.type()).getDeclaredMethods())
          .as(row.code())
          .anyMatch(method -> method.getName().equals(row.method()));
      if (row.method().equals(BY_VECTOR)) {
        assertThat(vectors).as(row.code()).anyMatch(line -> line.endsWith("\t" + row.code()));
      }
    }
  }

  @Test
  void everyCodeIsDocumented() throws Exception {
    String page = Files.readString(Path.of("../docs/signed-lists.md"));
    String codes = page.substring(page.indexOf("## Reason codes"));
    for (Row row : rows()) {
      assertThat(codes).contains("`" + row.code() + "`");
    }
  }

  private static List<Row> rows() throws IOException, URISyntaxException {
    return lines("reason-codes.tsv").stream().map(Row::of).toList();
  }

  private static List<String> lines(String file) throws IOException, URISyntaxException {
    Path path = Path.of(ReasonCodeTest.class.getResource("/vectors/" + file).toURI());
    return Files.readAllLines(path).stream().filter(line -> !line.startsWith("#")).toList();
  }
}
