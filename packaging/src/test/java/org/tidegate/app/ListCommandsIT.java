package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check}, {@code canonical} and {@code explain} over files. */
class ListCommandsIT {
  private static final String LIST =
      """
      host.example/path/
      domain.example
      =host.test
      p.test/page
      # comment
      *.wild.test
      foo bar
      host.example/path/
      co.uk
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;
  private Path list;

  @BeforeEach
  void writeTheList() throws IOException {
    list = Files.writeString(directory.resolve("list.txt"), LIST);
  }

  @Test
  void checkAnswersEveryLineInOrderWithItsBytes() {
    String asked =
        "\n# c\nhttp://host.example/pathology\r\nhttp://A.domain.example/\u00ff\t\n"
            + "domain.example.evil.test\nHost.Test:81\np.test/%70age?x";

    int code = check(asked, "--list", list.toString(), "--format", "native", "-");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString(ISO_8859_1))
        .isEqualTo(
            "invalid\t\ninvalid\t# c\nallowed\thttp://host.example/pathology\r\n"
                + "blocked\thttp://A.domain.example/\u00ff\t\nallowed\tdomain.example.evil.test\n"
                + "blocked\tHost.Test:81\nblocked\tp.test/%70age?x\n");
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "list: 4 entries, 1 duplicates, 1 held back, 0 skipped, 2 refused"
                + " (INVALID_HOST 1, WILDCARD 1)\n");
  }

  @Test
  void checkTakesArguments() {
    assertThat(check("", "--list", list.toString(), "--format", "native", "a.test", "b.test"))
        .isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("allowed\ta.test\nallowed\tb.test\n");
  }

  @Test
  void checkListsAConfirmedSuffixAndNamesRefusedLines() {
    String[] options = {"--confirm", "co.uk", "--refused"};

    assertThat(
            check(
                "a.co.uk\n",
                "--list",
                list.toString(),
                "--format",
                "native",
                options[0],
                options[1],
                options[2],
                "-"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("5 entries", " 0 held back")
        .contains("line 6: WILDCARD\n", "line 7: INVALID_HOST\n");
  }

  @Test
  void aListMayBePacked() throws IOException {
    Path packed = directory.resolve("feed");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
      gzip.write("http://host.example/\n".getBytes(UTF_8));
    }

    assertThat(check("https://host.example", "--list", packed.toString(), "--format", "urls"))
        .isEqualTo(1);
  }

  @Test
  void aListMayBeInUtf16AndItsLinesAreShownInUtf8() throws IOException {
    byte[] text = "\ufeffb\u00fccher.example\r\nhost.example/page\r\n".getBytes(UTF_16LE);
    Path wide = Files.write(directory.resolve("wide"), text);
    String[] options = {"--list", wide.toString(), "--format", "native"};

    assertThat(check("xn--bcher-kva.example", options)).isEqualTo(1);
    out.reset();
    for (String entry : new String[] {"1", "2", "3"}) {
      explain("", options[0], options[1], options[2], options[3], "--entry", entry);
    }
    assertThat(out.toString(UTF_8).lines()).contains("b\u00fccher.example", "host.example/page");
  }

  @Test
  void aListOfAnotherFormatIsAskedFor() throws IOException {
    Files.writeString(list, "1,a.example\n2,b.example\n\"c.example\"\nd.example\n");

    assertThat(check("d.example", "--list", list.toString(), "--format", "domains")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "list: 1 entries, 0 duplicates, 0 held back, 0 skipped, 3 refused (INVALID_HOST 3)"
                + "; most lines are refused: is it in another format?\n");
  }

  @Test
  void aSquidGuardListIsADirectory() throws IOException {
    Files.writeString(directory.resolve("domains"), "domain.example");
    Files.writeString(directory.resolve("urls"), "host.example/path\n");
    String[] options = {"--list", directory.toString(), "--format", "squidguard"};

    assertThat(check("host.example/path/x", options)).isEqualTo(1);
    assertThat(explain("", options[0], options[1], options[2], options[3], "host.example/path"))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .startsWith("blocked\thost.example/path/x\n")
        .containsPattern("page\thost.example/path\tentry [0-9], line 2\n");
  }

  @Test
  void whatIsWrongWithTheListIsOneLine() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "# nothing\n");
    Path damaged = Files.write(directory.resolve("damaged"), new byte[] {0x1F, (byte) 0x8B, 9, 9});

    assertWrong("--list: no such file", "--list", "missing", "--format", "urls");
    assertWrong("--list: expected a file", "--list", directory.toString(), "--format", "urls");
    assertWrong("--list: expected a directory", "--list", "list", "--format", "squidguard");
    assertWrong("--list: no entry is left", "--list", empty.toString(), "--format", "urls");
    Path none = Files.createDirectory(directory.resolve("none"));
    assertWrong(
        "--list: none of the files domains, urls",
        "--list",
        none.toString(),
        "--format",
        "squidguard");
    assertWrong(
        "--list: the packed list is damaged", "--list", damaged.toString(), "--format", "urls");
    assertWrong("--format: expected one of native, urls", "--list", "list", "--format", "x");
    assertWrong("--confirm: no host", "--list", "list", "--format", "native", "--confirm", "a/b");
    assertWrong("Missing required option", "--list", "list");
  }

  @Test
  void explainTellsWhatWasTried() {
    String url = "http://www.domain.example:8080/x/y?q";

    assertThat(explain("", "--list", list.toString(), "--format", "native", url)).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            url\thttp://www.domain.example:8080/x/y?q
            canonical\twww.domain.example:8080/x/y?q
            domain\texample\tnot listed
            domain\tdomain.example\tentry N, line 2
            domain\twww.domain.example\tnot listed
            host\twww.domain.example\tnot listed
            prefix\twww.domain.example:8080/\tnot listed
            prefix\twww.domain.example:8080/x/\tnot listed
            page\twww.domain.example:8080/x/y\tnot listed
            exact\twww.domain.example:8080/x/y?q\tnot listed
            verdict\tblocked by domain entry N, line 2
            """
                .replace("N", entryNumber()));
  }

  @Test
  void explainReadsStandardInput() {
    assertThat(explain("http://\na.test", "--list", list.toString(), "--format", "native"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("url\thttp://\ncanonical\tINVALID\nverdict\tinvalid\nurl\ta.test\n")
        .endsWith("verdict\tallowed\n");
  }

  @Test
  void explainPrintsTheLineOfAnEntry() {
    StringBuilder lines = new StringBuilder();
    for (int entry = 1; entry <= 5; entry++) {
      String number = Integer.toString(entry);
      assertThat(explain("", "--list", list.toString(), "--format", "native", "--entry", number))
          .isZero();
      lines.append(out.toString(UTF_8));
      out.reset();
    }
    assertThat(lines.toString().lines())
        .containsExactlyInAnyOrder(
            "host.example/path/",
            "domain.example",
            "=host.test",
            "p.test/page",
            "the list's canary: no line");
    assertThat(explain("", "--list", list.toString(), "--format", "native", "--entry", "6"))
        .isEqualTo(2);
  }

  @Test
  void canonicalReadsAndWritesEscapes() {
    String asked =
        "HOST.ex\\nample/a\\\\b?c\\\\d\\t\n\nhttp://host.example/caf\\xe9\nhttp:\\\\host.example\\p\n";

    assertThat(run(new CanonicalCommand(in(asked), print(out)), "-")).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "HOST.ex\\nample/a\\\\b?c\\\\d\\t\thost.example/a/b?c\\\\d\n"
                + "\tINVALID\n"
                + "http://host.example/caf\\xe9\thost.example/caf%E9\n"
                + "http:\\\\host.example\\p\thost.example/p\n");
  }

  @Test
  void aByteOrderMarkIsEchoedAndNotJudged() {
    String mark = "\u00ef\u00bb\u00bf";
    String asked = mark + "http://p.test/page\n" + mark + "http://p.test/page\n";
    String[] options = {"--list", list.toString(), "--format", "native", "-"};

    assertThat(check(asked, options)).isEqualTo(1);
    assertThat(out.toString(ISO_8859_1))
        .isEqualTo(
            "blocked\t" + mark + "http://p.test/page\ninvalid\t" + mark + "http://p.test/page\n");
    out.reset();
    assertThat(run(new CanonicalCommand(in(asked), print(out)), "-")).isZero();
    assertThat(out.toString(ISO_8859_1))
        .isEqualTo(
            mark + "http://p.test/page\tp.test/page\n" + mark + "http://p.test/page\tINVALID\n");
    out.reset();
    assertThat(explain(asked, options)).isEqualTo(1);
    assertThat(out.toString(ISO_8859_1))
        .startsWith("url\t" + mark + "http://p.test/page\ncanonical\tp.test/page\n");
  }

  @Test
  void aListMayComeThroughAPipe() throws IOException, InterruptedException {
    String[] options = {"--list", pipe(), "--format", "native", "p.test/page"};

    assertThat(check("", options)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("blocked\tp.test/page\n");
  }

  @Test
  void whatIsReadAgainComesThroughAPipeOnce() throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    for (int entry = 1; entry <= 5; entry++) {
      String number = Integer.toString(entry);
      assertThat(explain("", "--list", pipe(), "--format", "native", "--entry", number)).isZero();
      lines.append(out.toString(UTF_8));
      out.reset();
    }
    assertThat(lines.toString().lines())
        .contains("host.example/path/", "domain.example", "=host.test", "p.test/page");
  }

  @Test
  void anEntrysLineIsFoundWhateverEndsTheLines() throws IOException {
    Files.writeString(list, "# a\r\r\na.test\r# b\n\rb.test\r\n");

    for (String number : List.of("1", "2", "3")) {
      assertThat(explain("", "--list", list.toString(), "--format", "native", "--entry", number))
          .isZero();
    }
    assertThat(out.toString(UTF_8).lines())
        .containsExactlyInAnyOrder("a.test", "b.test", "the list's canary: no line");
  }

  /** A named pipe through which the list comes once. */
  private String pipe() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    Files.deleteIfExists(pipe);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    // The shell opens it: opening waits for the reader.
    new ProcessBuilder("sh", "-c", "cat \"$0\" >\"$1\"", list.toString(), pipe.toString()).start();
    return pipe.toString();
  }

  private String entryNumber() {
    String text = out.toString(UTF_8);
    int from = text.indexOf("entry ") + 6;
    return text.substring(from, text.indexOf(',', from));
  }

  private void assertWrong(String problem, String... arguments) {
    err.reset();
    String[] absolute = arguments.clone();
    for (int i = 0; i < absolute.length; i++) {
      absolute[i] = absolute[i].equals("list") ? list.toString() : absolute[i];
    }
    assertThat(check("", absolute)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(problem);
    assertThat(err.toString(UTF_8).lines().filter(line -> !line.startsWith("list: "))).hasSize(1);
  }

  private int check(String asked, String... arguments) {
    return run(new CheckCommand(in(asked), print(out), print(err)), arguments);
  }

  private int explain(String asked, String... arguments) {
    return run(new ExplainCommand(in(asked), print(out), print(err)), arguments);
  }

  private int run(Callable<Integer> command, String... arguments) {
    return new CommandLine(command)
        .setParameterExceptionHandler((e, args) -> OneLine.report(print(err), e))
        .execute(arguments);
  }

  private static ByteArrayInputStream in(String bytes) {
    return new ByteArrayInputStream(bytes.getBytes(ISO_8859_1));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }
}
