package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list unpin}: the newest edition again. */
@Command(
    name = "unpin",
    description = "Lifts a pin: the gateway goes on with the publisher's newest edition.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no pin any more", "2:the command cannot be carried out", "3:refused"})
final class ListUnpinCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--name", required = true, paramLabel = "N", description = "The list's name.")
  private String name = "";

  @Override
  public Integer call() throws CommandFailedException {
    var line = requireNonNull(spec).commandLine();
    try {
      boolean lifted = store.list(name).unpin(name);
      line.getOut().println("list " + name + (lifted ? ": the pin is lifted" : ": was not pinned"));
      return 0;
    } catch (RefusedException e) {
      return ListFetchCommand.refused(line, e.reason().code());
    }
  }
}
