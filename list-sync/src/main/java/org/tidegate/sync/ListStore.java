package org.tidegate.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/** The last good lists on a gateway's disk, a directory for each. */
public final class ListStore {
  private final Path directory;
  private final Disk disk;

  public ListStore(Path directory) {
    this(directory, new Disk());
  }

  ListStore(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  StoredList list(String name) {
    return new StoredList(directory.resolve(name), disk);
  }

  /** The names of the lists in it, sorted. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isDirectory)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** How every list in it stands. */
  public List<ListStatus> status(Instant now) throws IOException {
    List<ListStatus> all = new ArrayList<>();
    for (String name : names()) {
      all.add(status(name, now));
    }
    return all;
  }

  /** How that list stands, whether it is there or not. */
  public ListStatus status(String name, Instant now) {
    StoredList list = list(name);
    Optional<StoredOutcome> outcome = Optional.empty();
    try {
      outcome = list.outcome();
      Optional<StoredEdition> stored = list.edition();
      return stored.isEmpty()
          ? ListStatus.of(name, Optional.empty(), outcome, now)
          : ListStatus.of(name, Optional.of(edition(stored.get(), name)), outcome, now);
    } catch (RefusedException e) {
      StoredOutcome refused =
          new StoredOutcome(
              UpdateOutcome.REFUSED,
              e.reason().code(),
              outcome.map(StoredOutcome::at).orElse(now),
              outcome.flatMap(StoredOutcome::good),
              Lateness.AT_ONCE);
      return ListStatus.of(name, Optional.empty(), Optional.of(refused), now);
    }
  }

  private static ListStatus.Edition edition(StoredEdition stored, String name)
      throws RefusedException {
    return stored.status(Manifest.verify(stored.manifest(), stored.metadata(), name));
  }

  /**
   * Verifies a stored list again, all but its canary, under the root that was trusted when it was
   * first fetched.
   *
   * @throws RefusedException where it is no longer what was signed
   */
  public CompiledList verify(String name) throws RefusedException {
    StoredList list = list(name);
    StoredEdition edition =
        list.edition().orElseThrow(() -> new RefusedException(ReasonCode.STORE));
    TrustedMetadata metadata = MetadataClient.replay(edition.metadata());
    Manifest manifest = Manifest.verify(edition.manifest(), metadata, name);
    return ListVerifier.verify(list.readList(manifest), manifest, name);
  }

  /** Verifies a stored list again, also that it was compiled with that key and has its canary. */
  public CompiledList verify(String name, ListKey key) throws RefusedException {
    CompiledList list = verify(name);
    if (!list.hasKey(key)) {
      throw new RefusedException(ReasonCode.WRONG_KEY);
    }
    ListVerifier.checkCanary(list, key);
    return list;
  }
}
