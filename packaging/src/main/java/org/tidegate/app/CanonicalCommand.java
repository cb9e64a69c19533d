package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tidegate.filter.url.CanonicalUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidegate canonical}: every line and its canonical form. */
@Command(
    name = "canonical",
    description = {
      "Prints every URL as it came, a tab, and its canonical form or INVALID.",
      "In both, \\\\ \\t \\r \\n \\xNN stand for bytes that a line cannot hold."
    })
final class CanonicalCommand implements Callable<Integer> {

  @Parameters(paramLabel = "URL", description = "URLs; - or none: lines of standard input.")
  private List<String> urls = new ArrayList<>();

  private final InputStream in;
  private final PrintStream out;

  CanonicalCommand() {
    this(System.in, System.out);
  }

  CanonicalCommand(InputStream in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Answers answers = new Answers(out);
    InputLines lines = new InputLines(urls, in, answers::flush);
    for (int length = lines.next(); length >= 0; length = lines.next()) {
      byte[] line = lines.bytes();
      byte[] url = Escaped.undo(line, lines.start(), length);
      String canonical =
          CanonicalUrl.parse(url, 0, url.length).map(u -> Escaped.of(u.bytes())).orElse("INVALID");
      answers.write(line, length);
      answers.write(("\t" + canonical + "\n").getBytes(UTF_8));
    }
    answers.flush();
    return 0;
  }
}
