package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.Pin;
import org.tidegate.sync.tuf.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list pin}: a deliberate step back. */
@Command(
    name = "pin",
    description = {
      "Keeps a stored edition of a list enforced, whatever the publisher offers, until list unpin.",
      "A running gateway does so within seconds, and warns of it as long as it lasts.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:pinned", "2:the command cannot be carried out", "3:no such edition"})
final class ListPinCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--name", required = true, paramLabel = "N", description = "The list's name.")
  private String name = "";

  @Option(
      names = "--serial",
      paramLabel = "S",
      description = "The newest stored edition or the one before (default: the one before).")
  private @Nullable Long serial;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is recorded in the store, and names no entry.")
  private String reason = "";

  @Override
  public Integer call() throws CommandFailedException {
    var line = requireNonNull(spec).commandLine();
    try {
      Pin pin = store.list(name).pin(name, Optional.ofNullable(serial), reason, Instant.now());
      line.getOut().println("list " + name + ": serial " + pin.serial() + " is pinned");
      return 0;
    } catch (RefusedException e) {
      return ListFetchCommand.refused(line, e.reason().code());
    }
  }
}
