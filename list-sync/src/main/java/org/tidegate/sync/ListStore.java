package org.tidegate.sync;

import java.io.Closeable;
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
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/** The last good lists on a gateway's disk, a directory for each. */
public final class ListStore {
  private final Path directory;
  private final Disk disk;

  public ListStore(Path directory) {
    this(directory, new StoreDisk());
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

  /** How that list stands, whether it is there or not; what is stored is not verified again. */
  public ListStatus status(String name, Instant now) {
    StoredList list = list(name);
    PinState pin = PinState.of(list);
    Candidates candidates = Candidates.of(list, pin, name);
    Optional<ReasonCode> trouble = candidates.trouble();
    Optional<StoredOutcome> outcome = Optional.empty();
    Optional<ListStatus.Edition> edition = Optional.empty();
    try {
      outcome = list.outcome();
      if (!candidates.editions().isEmpty()) {
        edition = Optional.of(edition(candidates.editions().get(0), name));
      }
    } catch (RefusedException e) {
      trouble = Optional.of(e.reason());
    }
    Optional<StoredOutcome> last = outcome;
    Lateness lateness = last.map(StoredOutcome::lateness).orElse(Lateness.AT_ONCE);
    Optional<StoredOutcome> told =
        trouble.map(reason -> StoredOutcome.trouble(reason, last, now, lateness)).or(() -> last);
    return ListStatus.of(name, edition, told, now).pinned(pin.pin());
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
    try (Closeable hold = list.hold()) {
      Pin pin = new Pin(stored(list, name, serial), now, why);
      list.pin(pin);
      return pin;
    } catch (IOException e) {
      throw new RefusedException(list.trouble(e));
    }
  }

  /** The serial of the stored edition that is meant. */
  private static long stored(StoredList list, String name, Optional<Long> serial)
      throws RefusedException {
    for (StoredList.Reading reading : List.<StoredList.Reading>of(list::previous, list::edition)) {
      try {
        Optional<StoredEdition> edition = reading.edition();
        long found = edition.isPresent() ? edition.get().stated(name).serial() : -1;
        if (edition.isPresent() && (serial.isEmpty() || serial.get() == found)) {
          return found;
        }
      } catch (RefusedException e) {
        if (serial.isEmpty()) {
          throw e; // which one would be pinned is not for damage to decide
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
   * Verifies a stored list again, all but its canary, under the oldest root that it holds itself.
   *
   * @throws RefusedException where it is no longer what was signed
   */
  public CompiledList verify(String name) throws RefusedException {
    StoredList list = list(name);
    StoredEdition edition =
        list.edition().orElseThrow(() -> new RefusedException(ReasonCode.STORE_MISSING));
    byte[] firstRoot = edition.metadata().roots().get(0);
    return VerifiedEdition.of(list, edition, firstRoot, name).list();
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
