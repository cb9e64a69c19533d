package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.disk.LockedException;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * The directory of one list. {@code edition.json} is the switch: the list file that it speaks of is
 * in place before it. The edition before is kept, and what is older is deleted after it.
 */
final class StoredList {
  private static final String EDITION = "edition.json";
  private static final String PREVIOUS = "previous.json";
  private static final String PIN = "pin.json";
  private static final String ROOTS = "roots.json";
  private static final String OUTCOME = "outcome.json";

  private final Path directory;
  private final Disk disk;

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

  /** The last good edition, not verified yet; empty where there never was one. */
  Optional<StoredEdition> edition() throws RefusedException {
    return edition(EDITION);
  }

  /** The edition before that, not verified yet. */
  Optional<StoredEdition> previous() throws RefusedException {
    return edition(PREVIOUS);
  }

  private Optional<StoredEdition> edition(String file) throws RefusedException {
    Optional<byte[]> bytes = read(file);
    try {
      return bytes.isEmpty()
          ? Optional.empty()
          : Optional.of(StoredEdition.parse(bytes.get(), roots()));
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

  /** The roots that were verified, from the first trusted one on. */
  List<byte[]> roots() throws RefusedException {
    Optional<byte[]> bytes = read(ROOTS);
    if (bytes.isEmpty()) {
      return List.of();
    }
    try {
      List<byte[]> roots = new ArrayList<>();
      for (String root : Json.parse(bytes.get()).strings("roots")) {
        roots.add(root.getBytes(UTF_8));
      }
      return roots;
    } catch (JsonException e) {
      throw StoreTrouble.of(e);
    }
  }

  void writeRoots(List<byte[]> roots) throws RefusedException {
    List<String> texts = roots.stream().map(root -> new String(root, UTF_8)).toList();
    byte[] bytes = CanonicalJson.bytes(Map.of("roots", texts));
    if (!Arrays.equals(bytes, read(ROOTS).orElse(null))) {
      write(ROOTS, bytes);
    }
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
  void commit(StoredEdition edition, Manifest manifest, Optional<Manifest> before)
      throws RefusedException {
    writeRoots(longer(edition.metadata().roots()));
    Optional<byte[]> replaced = before.isPresent() ? read(EDITION) : Optional.empty();
    if (replaced.isPresent()) {
      write(PREVIOUS, replaced.get());
    }
    write(EDITION, edition.bytes());
    prune(manifest);
  }

  /** The stored roots where they go on from these, and else these. */
  private List<byte[]> longer(List<byte[]> roots) {
    List<byte[]> stored;
    try {
      stored = roots();
    } catch (RefusedException e) {
      return roots;
    }
    if (stored.size() <= roots.size()) {
      return roots;
    }
    for (int i = 0; i < roots.size(); i++) {
      if (!Arrays.equals(stored.get(i), roots.get(i))) {
        return roots;
      }
    }
    return stored;
  }

  private void prune(Manifest manifest) throws RefusedException {
    List<Path> needed = new ArrayList<>(List.of(listFile(manifest)));
    listFile(PREVIOUS).ifPresent(needed::add);
    try {
      for (String pattern : List.of("*.tgl", "*.tmp")) {
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

  /** The list file of an edition in the store; nothing where that cannot be told. */
  private Optional<Path> listFile(String file) {
    try {
      Optional<StoredEdition> edition = edition(file);
      return edition.isEmpty()
          ? Optional.empty()
          : Optional.of(listFile(edition.get().stated(directory.getFileName().toString())));
    } catch (RefusedException e) {
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
      return Optional.of(Files.readAllBytes(file));
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
