package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate config}: what is about the configuration file. */
@Command(
    name = "config",
    description = "Checks a configuration.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ConfigCheckCommand.class)
final class ConfigCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }
}
