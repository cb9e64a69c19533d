package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.Lateness;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateOutcome;
import org.tidegate.sync.UpdateRules;
import org.tidegate.sync.tuf.Repository;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate list fetch}: one update of one list. */
@Command(
    name = "fetch",
    description = "Fetches the newest edition of a list, verifies and stores it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the newest edition is in the store",
      "2:the command cannot be carried out",
      "3:refused, with a reason code; the last good edition stays",
      "4:the repository is out of reach; the last good edition stays"
    })
final class ListFetchCommand implements Callable<Integer> {
  static final int REFUSED = 3;
  static final int UNREACHABLE = 4;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private RepositoryOptions repositories = new RepositoryOptions();

  @Option(
      names = "--trusted-root",
      required = true,
      paramLabel = "FILE",
      description = "The publisher's root.json.")
  private @Nullable Path trustedRoot;

  @Option(
      names = "--list-key",
      required = true,
      paramLabel = "FILE",
      description = "The publisher's list.key; twice while a key is replaced.")
  private List<Path> listKeys = new ArrayList<>();

  @Option(names = "--name", required = true, paramLabel = "N", description = "The list's name.")
  private String name = "";

  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "Where the last good lists are kept.")
  private @Nullable Path store;

  @Option(
      names = "--any-size",
      description = "Take the edition also where it has suddenly grown or shrunk.")
  private boolean anySize;

  @Override
  public Integer call() throws CommandFailedException {
    ListUpdater updater =
        new ListUpdater(
            source(),
            new UpdateRules(Lateness.AT_ONCE, anySize),
            new ListStore(requireNonNull(store)),
            list -> {});
    UpdateOutcome outcome = updater.update(Instant.now());
    CommandLine line = requireNonNull(spec).commandLine();
    if (outcome instanceof UpdateOutcome.Updated updated) {
      line.getOut().println("list " + name + ": updated to serial " + updated.serial());
      return 0;
    }
    if (outcome instanceof UpdateOutcome.Current current) {
      line.getOut().println("list " + name + ": current, serial " + current.serial());
      return 0;
    }
    if (outcome instanceof UpdateOutcome.Refused) {
      return refused(line, outcome.reasonCode());
    }
    tell(line, outcome.word(), outcome.reasonCode());
    return UNREACHABLE;
  }

  /** Tells a refusal, and answers the exit code. */
  static int refused(CommandLine line, String reason) {
    tell(line, "refused", reason);
    return REFUSED;
  }

  private static void tell(CommandLine line, String outcome, String reason) {
    line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + outcome + ": " + reason);
  }

  private ListSource source() throws CommandFailedException {
    List<ListKey> keys = new ArrayList<>();
    for (Path file : listKeys) {
      keys.add(ListKeyOption.read(file));
    }
    List<Repository> all = repositories.open();
    try {
      byte[] root = Files.readAllBytes(requireNonNull(trustedRoot));
      return new ListSource(name, all, root, keys);
    } catch (IllegalArgumentException e) {
      throw wrong("--name: expected lower-case letters, digits and hyphens, at most 32");
    } catch (IOException e) {
      throw new CommandFailedException("--trusted-root: cannot be read");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
