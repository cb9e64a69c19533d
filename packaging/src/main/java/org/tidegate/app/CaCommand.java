package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate ca}: the certificate authority of TLS inspection. */
@Command(
    name = "ca",
    description = "Makes the certificate authority by which TLS of managed devices is inspected.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CaInitCommand.class})
final class CaCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }
}
