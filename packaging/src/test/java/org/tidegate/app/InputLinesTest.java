package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputLinesTest {

  @Test
  void everyLineOfStandardInputComesAsItIs() throws IOException {
    assertThat(read("a\n\n# b\r\nc\n", "-")).containsExactly("a", "", "# b\r", "c");
    assertThat(read("a\nb")).containsExactly("a", "b");
    assertThat(read("\n")).containsExactly("");
    assertThat(read("")).isEmpty();
  }

  @Test
  void argumentsAreLinesAndADashIsStandardInput() throws IOException {
    assertThat(read("x\ny", "a", "-", "", "b")).containsExactly("a", "x", "y", "", "b");
    assertThat(read("x", "a")).containsExactly("a");
  }

  @Test
  void linesLongerThanTheBufferAreWhole() throws IOException {
    String line = "x".repeat(300_000);

    assertThat(read(line + "\n" + line + "y", "-")).containsExactly(line, line + "y");
  }

  private static List<String> read(String standard, String... arguments) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(standard.getBytes(UTF_8));
    InputLines lines = new InputLines(List.of(arguments), in, () -> {});
    List<String> read = new ArrayList<>();
    for (int length = lines.next(); length >= 0; length = lines.next()) {
      read.add(new String(lines.bytes(), 0, length, UTF_8));
    }
    return read;
  }
}
