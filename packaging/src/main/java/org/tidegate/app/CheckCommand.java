package org.tidegate.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.url.CanonicalUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidegate check}: what a list says of URLs. */
@Command(
    name = "check",
    description = "Prints blocked, allowed or invalid, a tab, and the URL as it came.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:none is blocked", "1:some are blocked", "2:the list cannot be used"})
final class CheckCommand implements Callable<Integer> {
  private static final byte[] BLOCKED = "blocked\t".getBytes(US_ASCII);
  private static final byte[] ALLOWED = "allowed\t".getBytes(US_ASCII);
  private static final byte[] INVALID = "invalid\t".getBytes(US_ASCII);
  private static final byte[] END = {'\n'};

  @Mixin private ListOptions options = new ListOptions();

  @Parameters(paramLabel = "URL", description = "URLs; - or none: lines of standard input.")
  private List<String> urls = new ArrayList<>();

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  CheckCommand() {
    this(System.in, System.out, System.err);
  }

  CheckCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, ListFormatException {
    UrlFilter filter = options.load(err).filter();
    Answers answers = new Answers(out);
    InputLines lines = new InputLines(urls, in, answers::flush);
    boolean blocked = false;
    for (int length = lines.next(); length >= 0; length = lines.next()) {
      byte[] verdict = verdict(filter, CanonicalUrl.parse(lines.bytes(), lines.start(), length));
      blocked |= verdict == BLOCKED;
      answers.write(verdict);
      answers.write(lines.bytes(), length);
      answers.write(END);
    }
    answers.flush();
    return blocked ? 1 : 0;
  }

  private static byte[] verdict(UrlFilter filter, Optional<CanonicalUrl> url) {
    if (url.isEmpty()) {
      return INVALID;
    }
    Verdict verdict = filter.check(url.get());
    if (verdict instanceof Verdict.Undecided) {
      throw new IllegalStateException("undecided");
    }
    return verdict instanceof Verdict.Blocked ? BLOCKED : ALLOWED;
  }
}
