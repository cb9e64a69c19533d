package org.tidegate.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Errors as one line on standard error. Of an unexpected exception only the class is told: its
 * message might disclose a URL.
 */
final class OneLine {
  /** What a conventional program's exit code is when its reader has gone: 128 + SIGPIPE. */
  static final int READER_HAS_GONE = 141;

  private static final Pattern COMMAND = Pattern.compile("[a-z][a-z-]{0,15}");
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][A-Za-z-]*");
  private static final Pattern BREAKS = Pattern.compile("\\s*[\\r\\n]+\\s*");

  private OneLine() {}

  /** Reports what is wrong with the arguments, and answers the exit code. */
  static int report(PrintStream err, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + problem(e) + " (see " + command + " --help)");
    return Tidegate.FAILED;
  }

  private static String problem(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    // A name that no file can have: with a NUL, or characters that the locale lacks.
    if (e.getArgSpec() instanceof OptionSpec of
        && of.type() == Path.class
        && e.getValue() != null) {
      return of.longestName() + ": no such file";
    }
    return BREAKS.matcher(String.valueOf(e.getMessage())).replaceAll("; ");
  }

  /** Reports what a command threw, and answers the exit code. */
  static int report(PrintStream err, String command, Exception e) {
    if (e instanceof OutputFailedException output && output.readerHasGone()) {
      return READER_HAS_GONE;
    }
    err.println(of(command, e));
    return Tidegate.FAILED;
  }

  static String of(String command, Throwable e) {
    if (e instanceof CommandFailedException) {
      return command + ": " + e.getMessage();
    }
    return e instanceof OutputFailedException
        ? command + ": standard output cannot be written"
        : command + ": unexpected " + e.getClass().getSimpleName();
  }

  /** Names an argument that looks like a command or option; any other might be a URL. */
  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
    String option = argument.split("=", 2)[0];
    if (OPTION.matcher(option).matches()) {
      return "unknown option " + option;
    }
    return COMMAND.matcher(argument).matches()
        ? "unknown command or argument " + argument
        : "an argument too many";
  }
}
