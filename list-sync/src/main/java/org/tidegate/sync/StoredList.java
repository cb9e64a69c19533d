package org.tidegate.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.disk.ListBytes;
import org.tidegate.sync.disk.LockedException;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * The directory of one list. {@code edition.json} is the switch, and needs no other file but the
 * list that it speaks of, which is in place before it. The edition before is kept, and what is
 * older is deleted after it.
 */
final class StoredList {
  private static final String EDITION = "edition.json";
  private static final String PREVIOUS = "previous.json";
  private static final String PIN = "pin.json";
  private static final String ROOTS = "roots.json";
  private static final String OUTCOME = "outcome.json";

  /** Who holds the store does so for a few writes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Reading one of the stored editions. */
  interface Reading {
    Optional<StoredEdition> edition() throws RefusedException;
  }

  private final Path directory;
  private final Disk disk;

  /** Verified, under another trusted root than those that are stored: a commit stores them. */
  private List<byte[]> otherRoots = List.of();

  StoredList(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  Disk disk() {
    return disk;
  }

  /** Makes the directory, and keeps other updates of this list out until the lock is closed. */
  Closeable prepare() throws RefusedException {
    try {
      disk.makePrivateDirectory(directory);
      return disk.lockFile(directory.resolveSibling("." + directory.getFileName() + ".lock"));
    } catch (LockedException e) {
      throw new RefusedException(ReasonCode.IN_USE);
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
  }

  /** Keeps what is stored and what is pinned from changing, for a moment. */
  Closeable hold() throws RefusedException {
    if (!Files.isDirectory(directory)) {
      throw new RefusedException(ReasonCode.STORE_MISSING);
    }
    Path file = directory.resolveSibling("." + directory.getFileName() + ".hold");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return disk.lockFile(file);
      } catch (LockedException e) {
        if (System.nanoTime() - end > 0) {
          throw new RefusedException(ReasonCode.IN_USE);
        }
        LockSupport.parkNanos(1_000_000);
      } catch (IOException e) {
        throw StoreTrouble.of(directory, e);
      }
    }
  }

  /** The last good edition, not verified yet; empty where there never was one. */
  Optional<StoredEdition> edition() throws RefusedException {
    return edition(EDITION);
  }

  /** The edition before that, not verified yet. */
  Optional<StoredEdition> previous() throws RefusedException {
    return edition(PREVIOUS);
  }

  /** Both, the newest first. */
  List<Reading> editions() {
    return List.of(this::edition, this::previous);
  }

  private Optional<StoredEdition> edition(String file) throws RefusedException {
    Optional<byte[]> bytes = read(file);
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(StoredEdition.parse(bytes.get()));
    } catch (JsonException e) {
      throw StoreTrouble.of(e);
    }
  }

  /** The edition that the operator keeps on purpose. */
  Optional<Pin> pin() throws RefusedException {
    Optional<byte[]> bytes = read(PIN);
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(Pin.parse(bytes.get()));
    } catch (JsonException e) {
      throw StoreTrouble.of(e);
    }
  }

  void pin(Pin pin) throws RefusedException {
    write(PIN, pin.bytes());
  }

  /** Answers whether there was a pin. */
  boolean unpin() throws RefusedException {
    boolean pinned = Files.exists(directory.resolve(PIN));
    try {
      disk.delete(directory.resolve(PIN));
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
    return pinned;
  }

  /** The roots that were verified, also by updates that failed afterwards; none if damaged. */
  List<byte[]> roots() {
    List<byte[]> all = new ArrayList<>(storedRoots());
    all.addAll(otherRoots);
    return all;
  }

  private List<byte[]> storedRoots() {
    try {
      Optional<byte[]> bytes = read(ROOTS);
      return bytes.isEmpty() ? List.of() : StoredEdition.roots(Json.parse(bytes.get()));
    } catch (JsonException | RefusedException e) {
      return List.of();
    }
  }

  /** Notes roots that were verified, where they go on from those that are stored. */
  void noteRoots(List<byte[]> roots) throws RefusedException {
    List<byte[]> stored = storedRoots();
    if (stored.size() < roots.size() && areAlike(stored, roots.subList(0, stored.size()))) {
      writeRoots(roots);
    } else {
      otherRoots = List.copyOf(roots);
    }
  }

  private void writeRoots(List<byte[]> roots) throws RefusedException {
    write(ROOTS, CanonicalJson.bytes(Map.of("roots", StoredEdition.texts(roots))));
  }

  private static boolean areAlike(List<byte[]> some, List<byte[]> others) {
    boolean alike = some.size() == others.size();
    for (int i = 0; alike && i < some.size(); i++) {
      alike = Arrays.equals(some.get(i), others.get(i));
    }
    return alike;
  }

  Path listFile(Manifest manifest) {
    String hash = manifest.list().sha256().substring(0, 16);
    return directory.resolve(manifest.serial() + "-" + hash + ".tgl");
  }

  byte[] readList(Manifest manifest) throws RefusedException {
    return read(listFile(manifest).getFileName().toString())
        .orElseThrow(() -> new RefusedException(ReasonCode.STORE_MISSING));
  }

  /**
   * Makes an edition, whose list file is in place, the last good one.
   *
   * @param before the last good one so far, kept as the one before; empty where that stays as it is
   */
  void commit(StoredEdition edition, Manifest manifest, Optional<StoredEdition> before)
      throws RefusedException {
    if (!areAlike(edition.metadata().roots(), storedRoots())) {
      writeRoots(edition.metadata().roots());
    }
    if (before.isPresent()) {
      write(PREVIOUS, before.get().bytes());
    }
    write(EDITION, edition.bytes());
    prune(listFile(manifest));
    deleteOthers(Set.of(), "*.json.tmp"); // of a killed process: who writes now holds the store
  }

  /**
   * Deletes the lists that no stored edition needs; none where it cannot be read what they need.
   *
   * @param coming the list that is stored, or to be fetched: what of it has come is kept
   */
  void prune(Path coming) throws RefusedException {
    Set<Path> needed = new HashSet<>(List.of(coming, Disk.temporary(coming)));
    try {
      listFile(EDITION).ifPresent(needed::add);
      listFile(PREVIOUS).ifPresent(needed::add);
    } catch (RefusedException e) {
      return;
    }
    deleteOthers(needed, "*.tgl", "*.tgl.tmp");
  }

  private void deleteOthers(Set<Path> needed, String... patterns) throws RefusedException {
    try {
      for (String pattern : patterns) {
        for (Path file : disk.list(directory, pattern)) {
          if (!needed.contains(file)) {
            disk.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
  }

  /** Throws away a list that was fetched and turned out to be none. */
  void deleteList(Manifest manifest) throws RefusedException {
    try {
      disk.delete(listFile(manifest));
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
  }

  /** The list file of an edition in the store; nothing where there is none, or it is damaged. */
  private Optional<Path> listFile(String file) throws RefusedException {
    Optional<byte[]> bytes = read(file);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      StoredEdition edition = StoredEdition.parse(bytes.get());
      return Optional.of(listFile(edition.stated(directory.getFileName().toString())));
    } catch (JsonException | RefusedException e) {
      return Optional.empty();
    }
  }

  /** Why an operation on the store failed. */
  ReasonCode trouble(IOException e) {
    return StoreTrouble.of(directory, e).reason();
  }

  /** What came of the last update, and when one was last good. */
  Optional<StoredOutcome> outcome() throws RefusedException {
    try {
      Optional<byte[]> bytes = read(OUTCOME);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(StoredOutcome.parse(bytes.get()));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  void writeOutcome(StoredOutcome outcome) throws RefusedException {
    write(OUTCOME, outcome.bytes());
  }

  private Optional<byte[]> read(String name) throws RefusedException {
    Path file = directory.resolve(name);
    try {
      StoreTrouble.checkOwner(directory, directory.resolveSibling("."));
      StoreTrouble.checkOwner(file, directory.resolveSibling("."));
      return Optional.of(ListBytes.read(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
  }

  private void write(String name, byte[] bytes) throws RefusedException {
    try {
      disk.writePrivate(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw StoreTrouble.of(directory, e);
    }
  }
}
