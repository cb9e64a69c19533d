package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code tidegate} command. */
@Command(
    name = "tidegate",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Blocks the URLs of a confidential list at a network gateway.",
    synopsisSubcommandLabel = "COMMAND")
public final class Tidegate implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          BenchCommand.class,
          CaCommand.class,
          CanonicalCommand.class,
          CheckCommand.class,
          ConfigCommand.class,
          CoverageCommand.class,
          DemoCommand.class,
          ExplainCommand.class,
          ListCommand.class,
          RunCommand.class,
          SelftestCommand.class,
          TufClientCommand.class);

  @Spec private @Nullable CommandSpec spec;

  /** Exit code of a command that could not do its work. */
  static final int FAILED = 2;

  private Tidegate() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    letProxiesAsk();
    PrintStream out = standardOutput();
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.setOut(out);
    System.setErr(err);
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> err.println(OneLine.of("tidegate", e)));
    System.exit(run(out, err, args));
  }

  /**
   * The platform reads this once: what the operator gave for a proxy, it is to get, also before a
   * tunnel and in the way that nearly all ask for (Basic).
   */
  private static void letProxiesAsk() {
    String disabled = "jdk.http.auth.tunneling.disabledSchemes";
    System.setProperty(disabled, System.getProperty(disabled, ""));
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    int code = commandLine(out, err, commands(args)).execute(args);
    try {
      out.flush();
    } catch (OutputFailedException e) {
      return OneLine.report(err, "tidegate", e);
    }
    return code;
  }

  /** Standard output: UTF-8 whatever the locale, and a failed write is not swallowed. */
  private static PrintStream standardOutput() {
    return new PrintStream(
        new StandardOutput(new FileOutputStream(FileDescriptor.out)), true, UTF_8);
  }

  /**
   * The one that is called, where one is: describing all of them, and be it their names only, takes
   * longer than most take to do their work.
   */
  private static List<Class<?>> commands(String... args) {
    String name = args.length == 0 ? "" : args[0].replace("-", "") + "Command";
    return COMMANDS.stream()
        .filter(command -> command.getSimpleName().equalsIgnoreCase(name))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static CommandLine commandLine(
      PrintStream out, PrintStream err, List<Class<?>> commands) {
    CommandLine tidegate = new CommandLine(new Tidegate());
    commands.forEach(tidegate::addSubcommand);
    return tidegate
        // An argument that begins with @ is a URL here, not the name of a file of arguments.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
        .setExecutionStrategy(Tidegate::execute)
        .setParameterExceptionHandler((e, args) -> OneLine.report(err, e))
        .setExecutionExceptionHandler(
            (e, line, result) -> OneLine.report(err, line.getCommandSpec().qualifiedName(), e));
  }

  /**
   * Runs the command; failing output must reach the handler also when it is the help that fails.
   */
  private static int execute(ParseResult result) {
    try {
      return new RunLast().execute(result);
    } catch (OutputFailedException e) {
      throw new ExecutionException(result.commandSpec().commandLine(), "", e);
    }
  }
}
