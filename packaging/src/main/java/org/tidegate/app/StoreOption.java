package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.ListStore;
import picocli.CommandLine.Option;

/** The store of a gateway's last good lists, for the commands that look at it. */
final class StoreOption {

  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "Where the last good lists are kept.")
  private @Nullable Path directory;

  ListStore open() throws CommandFailedException {
    if (!Files.isDirectory(requireNonNull(directory))) {
      throw new CommandFailedException("--store: no such directory");
    }
    return new ListStore(directory);
  }

  /** The store, which has to have that list. */
  ListStore list(String name) throws CommandFailedException {
    ListStore opened = open();
    try {
      if (opened.names().contains(name)) {
        return opened;
      }
    } catch (IOException e) {
      throw new CommandFailedException("--store: cannot be read");
    }
    throw new CommandFailedException("--name: the store has no such list");
  }

  /** How every list stands now. */
  List<ListStatus> status(Instant now) throws CommandFailedException {
    try {
      return open().status(now);
    } catch (IOException e) {
      throw new CommandFailedException("--store: cannot be read");
    }
  }
}
