package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Edition;
import org.tidegate.publish.RoleStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidegate list inspect}: what is published, and how long it is good. */
@Command(name = "inspect", description = "Prints roles, their keys and expiry, and every list.")
final class ListInspectCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PublisherOptions options = new PublisherOptions();

  @Override
  public Integer call() throws CommandFailedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    options.run(
        publisher -> {
          publisher.roles().forEach(role -> print(out, role));
          publisher.editions().forEach(edition -> print(out, edition));
        });
    return 0;
  }

  private static void print(PrintWriter out, RoleStatus role) {
    out.printf(
        "%-9s  version %d  expires %s  threshold %d of %d keys, %d here%n",
        role.role().id(),
        role.version(),
        role.expires(),
        role.threshold(),
        role.keys(),
        role.keysHere());
  }

  private static void print(PrintWriter out, Edition edition) {
    out.printf(
        "list %s  serial %d  %d entries  %d bytes  key %s  created %s%n",
        edition.name(),
        edition.serial(),
        edition.entries(),
        edition.length(),
        edition.keyId(),
        edition.created());
  }
}
