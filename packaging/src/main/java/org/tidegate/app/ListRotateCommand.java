package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate list rotate}: new keys for a role. */
@Command(
    name = "rotate",
    description = {
      "Replaces the signing keys of a role; gateways follow by themselves.",
      "The root keys, or as many as must sign, have to lie in PUB/keys.",
    })
final class ListRotateCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PublisherOptions options = new PublisherOptions();

  @Parameters(paramLabel = "ROLE", description = "root, targets, snapshot or timestamp.")
  private String role = "";

  @Override
  public Integer call() throws CommandFailedException {
    Role found =
        Role.find(role)
            .orElseThrow(
                () ->
                    new ParameterException(
                        requireNonNull(spec).commandLine(),
                        "no such role (expected: root, targets, snapshot or timestamp)"));
    options.run(publisher -> publisher.rotate(found, Instant.now()));
    requireNonNull(spec).commandLine().getOut().println(found.id() + " keys: replaced");
    return 0;
  }
}
