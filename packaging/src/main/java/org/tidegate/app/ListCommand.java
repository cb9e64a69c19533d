package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate list}: publishing lists, and keeping a gateway's current. */
@Command(
    name = "list",
    description = "Compiles, signs and publishes lists; fetches and verifies them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ListInitCommand.class,
      ListPublishCommand.class,
      ListTimestampCommand.class,
      ListCompileCommand.class,
      ListRotateCommand.class,
      ListSignCommand.class,
      ListInspectCommand.class,
      ListFetchCommand.class,
      ListStatusCommand.class,
      ListVerifyCommand.class,
    })
final class ListCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }
}
