package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TidegateTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsItsVersion() throws IOException {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("tidegate " + Version.number() + "\n");
    assertThat(Version.number()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(err.size()).isZero();
  }

  @Test
  void printsHelp() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Usage: tidegate");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nonsense=value | unknown option --nonsense",
        "nonsense | unknown command or argument nonsense",
        "http://listed.example/page | an argument too many",
        "@listed.example | an argument too many",
      })
  void refusesWhatItDoesNotKnowOnOneLine(String argument, String problem) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("tidegate: " + problem + " (see tidegate --help)\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void aNameThatNoFileCanHaveIsNoFile() {
    assertThat(run("check", "--list", "a\0b", "--format", "native", "a.test")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("tidegate check: --list: no such file (see tidegate check --help)\n");
  }

  @Test
  void asksForACommandOnOneLine() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("tidegate: ").hasLineCount(1);
  }

  @Test
  void endsQuietlyWhenTheReaderHasGone() {
    assertThat(runInto("Broken pipe")).isEqualTo(OneLine.READER_HAS_GONE);
    assertThat(err.size()).isZero();
  }

  @Test
  void saysWhenTheOutputIsFull() {
    assertThat(runInto("No space left on device")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("tidegate: standard output cannot be written\n");
  }

  @Test
  void tellsOnlyTheClassOfAnUnexpectedException() {
    assertThat(OneLine.of("tidegate", new IllegalStateException("http://listed.example/")))
        .isEqualTo("tidegate: unexpected IllegalStateException");
  }

  private int run(String... args) {
    return Tidegate.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  private int runInto(String failure) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    PrintStream failed = new PrintStream(new StandardOutput(failing), true, UTF_8);
    return Tidegate.run(failed, new PrintStream(err, true, UTF_8), "--help");
  }
}
