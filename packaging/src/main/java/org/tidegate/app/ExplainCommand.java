package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate explain}: why a list says what it says; for the publisher's own terminal. */
@Command(
    name = "explain",
    description = "Prints the canonical form, every entry that would cover it, and the verdict.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:none is blocked", "1:some are blocked", "2:the list cannot be used"})
final class ExplainCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ListOptions options = new ListOptions();

  @Option(
      names = "--entry",
      paramLabel = "N",
      description = "Print the line of the list that became entry N.")
  private @Nullable Integer entry;

  @Parameters(paramLabel = "URL", description = "URLs; - or none: lines of standard input.")
  private List<String> urls = new ArrayList<>();

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  ExplainCommand() {
    this(System.in, System.out, System.err);
  }

  ExplainCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, ListFormatException {
    LoadedList list = entry == null ? options.load(err) : options.loadWithText(err);
    Answers answers = new Answers(out);
    if (entry != null) {
      answers.write(lineOf(list, entry));
      answers.write(new byte[] {'\n'});
    }
    boolean blocked = false;
    if (entry == null || !urls.isEmpty()) {
      InputLines lines = new InputLines(urls, in, answers::flush);
      for (int length = lines.next(); length >= 0; length = lines.next()) {
        StringBuilder answer = new StringBuilder();
        blocked |= explain(list, lines, length, answer);
        answers.write(answer.toString().getBytes(UTF_8));
      }
    }
    answers.flush();
    return blocked ? 1 : 0;
  }

  private byte[] lineOf(LoadedList list, int number) throws IOException {
    int last = list.list().entries() + 1;
    if (number < 1 || number > last) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), "--entry: expected 1 to " + last);
    }
    int line = list.compilation().line(number);
    return line == 0 ? "the list's canary: no line".getBytes(UTF_8) : list.line(line);
  }

  private static boolean explain(
      LoadedList list, InputLines lines, int length, StringBuilder answer)
      throws ListFormatException {
    field(answer, "url", Escaped.of(lines.bytes(), 0, length));
    Optional<CanonicalUrl> url = CanonicalUrl.parse(lines.bytes(), lines.start(), length);
    field(answer, "canonical", url.map(u -> Escaped.of(u.bytes())).orElse("INVALID"));
    if (url.isEmpty()) {
      field(answer, "verdict", "invalid");
      return false;
    }
    for (ListEntry tried : ListEntry.covering(url.get())) {
      String number =
          list.list()
              .find(LoadedList.KEY, tried)
              .map(match -> place(list, match.entry()))
              .orElse("not listed");
      field(answer, name(tried.scope()), tried.text() + "\t" + number);
    }
    Verdict verdict = list.filter().check(url.get());
    field(answer, "verdict", verdict(list, verdict));
    return verdict instanceof Verdict.Blocked;
  }

  private static String verdict(LoadedList list, Verdict verdict) {
    return verdict instanceof Verdict.Blocked blocked
        ? "blocked by " + name(blocked.scope()) + " " + place(list, blocked.entry())
        : "allowed";
  }

  private static String place(LoadedList list, int entry) {
    int line = list.compilation().line(entry);
    return "entry " + entry + (line == 0 ? ", the canary" : ", line " + line);
  }

  private static String name(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }

  private static void field(StringBuilder answer, String name, String value) {
    answer.append(name).append('\t').append(value).append('\n');
  }
}
