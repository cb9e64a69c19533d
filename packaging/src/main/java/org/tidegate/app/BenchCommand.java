package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate bench}: sizes a machine. */
@Command(
    name = "bench",
    description = "Measures on this machine what Tidegate can do.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchEngineCommand.class})
final class BenchCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }
}
