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
 * in place before it, and the one before is deleted after it.
 */
final class StoredList {
  private static final String EDITION = "edition.json";
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
  Closeable prepare() throws IOException {
    disk.makePrivateDirectory(directory);
    try {
      return disk.lockFile(directory.resolveSibling("." + directory.getFileName() + ".lock"));
    } catch (LockedException e) {
      throw new RefusedException(ReasonCode.IN_USE);
    }
  }

  /** The last good edition, not verified yet; empty where there never was one. */
  Optional<StoredEdition> edition() throws RefusedException {
    Optional<byte[]> bytes = read(EDITION);
    try {
      return bytes.isEmpty()
          ? Optional.empty()
          : Optional.of(StoredEdition.parse(bytes.get(), roots()));
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
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
      throw new RefusedException(ReasonCode.STORE);
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
        .orElseThrow(() -> new RefusedException(ReasonCode.STORE));
  }

  /** Makes an edition, whose list file is in place, the last good one. */
  void commit(StoredEdition edition, Manifest manifest) throws RefusedException {
    writeRoots(longer(edition.metadata().roots()));
    write(EDITION, edition.bytes());
    prune(listFile(manifest));
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

  private void prune(Path needed) throws RefusedException {
    try {
      for (String pattern : List.of("*.tgl", "*.tmp")) {
        for (Path file : disk.list(directory, pattern)) {
          if (!file.equals(needed)) {
            disk.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
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
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }

  private void write(String name, byte[] bytes) throws RefusedException {
    try {
      disk.writePrivate(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }
}
