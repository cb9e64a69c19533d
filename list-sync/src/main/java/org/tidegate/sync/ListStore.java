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
      Optional<ListStatus.Edition> edition =
          stored.isEmpty() ? Optional.empty() : Optional.of(edition(stored.get(), name));
      return status(name, edition, outcome, now);
    } catch (RefusedException e) {
      return new ListStatus(
          name,
          Freshness.NONE,
          Optional.empty(),
          "refused",
          e.reason().code(),
          outcome.map(StoredOutcome::at),
          outcome.flatMap(StoredOutcome::good));
    }
  }

  private static ListStatus status(
      String name,
      Optional<ListStatus.Edition> edition,
      Optional<StoredOutcome> outcome,
      Instant now) {
    return new ListStatus(
        name,
        freshness(edition, outcome, now),
        edition,
        outcome.map(StoredOutcome::word).orElse(""),
        outcome.map(StoredOutcome::reason).orElse(""),
        outcome.map(StoredOutcome::at),
        outcome.flatMap(StoredOutcome::good));
  }

  private static Freshness freshness(
      Optional<ListStatus.Edition> edition, Optional<StoredOutcome> outcome, Instant now) {
    if (edition.isEmpty()) {
      return Freshness.NONE;
    }
    if (!edition.get().expires().isAfter(now)) {
      return Freshness.EXPIRED;
    }
    return outcome.map(last -> last.reason().isEmpty()).orElse(true)
        ? Freshness.FRESH
        : Freshness.LATE;
  }

  private static ListStatus.Edition edition(StoredEdition stored, String name)
      throws RefusedException {
    Manifest manifest = Manifest.verify(stored.manifest(), stored.metadata(), name);
    return new ListStatus.Edition(
        manifest.serial(),
        manifest.entries(),
        manifest.keyId(),
        manifest.created(),
        stored.verified(),
        stored.metadata().expires());
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
