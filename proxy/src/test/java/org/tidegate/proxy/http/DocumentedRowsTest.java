package org.tidegate.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/request-gate.md and the vectors say the same: no row without a vector, or the reverse. */
class DocumentedRowsTest {
  private static final Path DOCUMENT = Path.of("../docs/request-gate.md");
  private static final Pattern WORD = Pattern.compile("`([A-Z_]+)`");

  /** The first cells of the table that has this heading. */
  private static List<String> rows(String heading) throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith("| " + heading + " |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|")[1].strip())
        .toList();
  }

  private static Set<String> column(String file, int column) throws IOException {
    return RawText.rows("/vectors/" + file).stream()
        .map(row -> row[column])
        .filter(cell -> !cell.equals("-"))
        .collect(Collectors.toSet());
  }

  @Test
  void everyRefusalIsARow() throws IOException {
    Set<String> named =
        rows("refusal").stream()
            .flatMap(cell -> WORD.matcher(cell).results().map(m -> m.group(1)))
            .collect(Collectors.toSet());
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Refusal.values()).map(Enum::name).toList());
  }

  @Test
  void everyRowOfRequestsHasAVector() throws IOException {
    assertThat(column("rewriting.tsv", 4))
        .containsExactlyInAnyOrderElementsOf(rows("part of a request"));
  }

  @Test
  void everyRowOfAnswersHasAVector() throws IOException {
    Collection<String> rows = new LinkedHashSet<>();
    Stream.of(rows("part of an answer"), rows("answer")).forEach(rows::addAll);
    assertThat(column("hostile-answers.tsv", 0)).containsExactlyInAnyOrderElementsOf(rows);
  }
}
