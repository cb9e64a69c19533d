package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.Edition;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateOutcome;
import org.tidegate.sync.tuf.DirectoryRepository;
import org.tidegate.sync.tuf.RefusedException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list verify}: every stored or published list, checked again. */
@Command(
    name = "verify",
    description = {
      "Checks signatures, hashes and form of every stored list again; with --dir, of every list of",
      "a publisher, as a gateway would that has nothing yet.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all are good", "2:there is no list", "3:one is not, with a reason code"})
final class ListVerifyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  private static final class Where {
    @Option(
        names = "--store",
        paramLabel = "DIR",
        description = "Where the last good lists are kept.")
    private @Nullable Path store;

    @Option(names = "--dir", paramLabel = "PUB", description = "The publisher's directory.")
    private @Nullable Path publisher;
  }

  @Option(
      names = "--list-key",
      paramLabel = "FILE",
      description = "Check also that the lists were compiled with this key and have their canary.")
  private @Nullable Path listKey;

  private int code;

  @Override
  public Integer call() throws CommandFailedException {
    Path store = where.store;
    if (store == null) {
      PublisherOptions.attempt(() -> published(requireNonNull(where.publisher)));
    } else if (!Files.isDirectory(store)) {
      throw new CommandFailedException("--store: no such directory");
    } else {
      stored(new ListStore(store));
    }
    return code;
  }

  private void stored(ListStore lists) throws CommandFailedException {
    ListKey key = listKey == null ? null : ListKeyOption.read(listKey);
    for (String name : names(lists)) {
      try {
        CompiledList list = key == null ? lists.verify(name) : lists.verify(name, key);
        good(name, list.serial(), list.entries());
      } catch (RefusedException e) {
        bad(name, e.reason().code());
      }
    }
  }

  private static List<String> names(ListStore lists) throws CommandFailedException {
    try {
      List<String> names = lists.names();
      if (names.isEmpty()) {
        throw new CommandFailedException("the store has no list");
      }
      return names;
    } catch (IOException e) {
      throw new CommandFailedException("--store: cannot be read");
    }
  }

  /** A gateway's first update, into a store that is thrown away: nothing of it is in clear. */
  private void published(Path directory) throws IOException, PublishException {
    Publisher publisher = Publisher.open(directory, Lifetimes.DEFAULT);
    byte[] root = Files.readAllBytes(publisher.trustedRoot());
    ListKey key = ListKeyFile.read(listKey == null ? publisher.listKeyFile() : listKey);
    Path store = Files.createTempDirectory("tidegate-verify");
    try {
      for (Edition edition : publisher.editions()) {
        ListSource source =
            new ListSource(
                edition.name(), new DirectoryRepository(publisher.repository()), root, key);
        UpdateOutcome outcome =
            new ListUpdater(source, new ListStore(store), list -> {}).update(Instant.now());
        if (outcome.isGood()) {
          good(edition.name(), edition.serial(), edition.entries());
        } else {
          bad(edition.name(), outcome.reasonCode());
        }
      }
    } finally {
      delete(store);
    }
  }

  private void good(String name, long serial, int entries) {
    requireNonNull(spec)
        .commandLine()
        .getOut()
        .println("list " + name + ": good, serial " + serial + ", " + entries + " entries");
  }

  private void bad(String name, String reason) {
    CommandSpec own = requireNonNull(spec);
    own.commandLine()
        .getErr()
        .println(own.qualifiedName() + ": list " + name + ": refused: " + reason);
    code = ListFetchCommand.REFUSED;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      walk.sorted(Comparator.reverseOrder()).forEach(files::add);
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
