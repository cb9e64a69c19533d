package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.tuf.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list verify}: every stored list, checked again. */
@Command(
    name = "verify",
    description = "Checks signatures, hashes and form of every stored list again.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all are good", "2:there is no list", "3:one is not, with a reason code"})
final class ListVerifyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--list-key",
      paramLabel = "FILE",
      description = "Check also that the lists were compiled with this key and have their canary.")
  private @Nullable Path listKey;

  @Override
  public Integer call() throws CommandFailedException {
    CommandLine line = requireNonNull(spec).commandLine();
    ListStore lists = store.open();
    List<ListStatus> all = store.status(Instant.now());
    if (all.isEmpty()) {
      throw new CommandFailedException("the store has no list");
    }
    ListKey key = listKey == null ? null : ListKeyOption.read(listKey);
    int code = 0;
    for (ListStatus status : all) {
      try {
        CompiledList list =
            key == null ? lists.verify(status.name()) : lists.verify(status.name(), key);
        line.getOut()
            .println(
                "list "
                    + list.name()
                    + ": good, serial "
                    + list.serial()
                    + ", "
                    + list.entries()
                    + " entries");
      } catch (RefusedException e) {
        line.getErr()
            .println(
                line.getCommandSpec().qualifiedName()
                    + ": list "
                    + status.name()
                    + ": refused: "
                    + e.reason().code());
        code = ListFetchCommand.REFUSED;
      }
    }
    return code;
  }
}
