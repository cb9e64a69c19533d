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
      Optional<Pin> pin = list.pin();
      Optional<ListStatus.Edition> edition =
          stored.isEmpty() ? Optional.empty() : Optional.of(edition(stored.get(), name));
      return ListStatus.of(name, edition, outcome, now).pinned(pin);
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
    return stored.status(stored.stated(name));
  }

  /**
   * Keeps an edition that is in the store enforced, whatever the publisher offers, until {@link
   * #unpin}.
   *
   * @param serial of the newest stored edition or of the one before; empty for the one before
   * @throws RefusedException where there is no such edition
   */
  public Pin pin(String name, Optional<Long> serial, String why, Instant now)
      throws RefusedException {
    StoredList list = list(name);
    for (Optional<StoredEdition> edition : List.of(list.previous(), list.edition())) {
      if (edition.isPresent()) {
        long stored = edition.get().stated(name).serial();
        if (serial.isEmpty() || serial.get() == stored) {
          Pin pin = new Pin(stored, now, why);
          list.pin(pin);
          return pin;
        }
      }
    }
    throw new RefusedException(ReasonCode.STORE_MISSING);
  }

  /** Ends a pin; answers whether there was one. */
  public boolean unpin(String name) throws RefusedException {
    return list(name).unpin();
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
        list.edition().orElseThrow(() -> new RefusedException(ReasonCode.STORE_MISSING));
    try {
      TrustedMetadata metadata = MetadataClient.replay(edition.metadata());
      Manifest manifest = Manifest.verify(edition.manifest(), metadata, name);
      return ListVerifier.verify(list.readList(manifest), manifest, name);
    } catch (RefusedException e) {
      throw StoreTrouble.stored(e);
    }
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
