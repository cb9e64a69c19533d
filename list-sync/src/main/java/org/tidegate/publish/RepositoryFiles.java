package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** The files of the repository, as any static server serves them. */
final class RepositoryFiles {
  /** Older versions stay for gateways that are reading them, and for caches on the way. */
  private static final int KEPT_VERSIONS = 5;

  private static final Pattern VERSIONED = Pattern.compile("([1-9][0-9]{0,8})\\.[a-z]+\\.json");

  private final Path directory;
  private final Disk disk;

  RepositoryFiles(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  void write(Signed metadata) throws IOException {
    disk.makePublicDirectory(directory);
    disk.writePublic(directory.resolve(metadata.fileName()), metadata.bytes());
  }

  void writeTarget(TargetFile target, byte[] bytes) throws IOException {
    Path file = directory.resolve(target.location());
    disk.makePublicDirectory(file.resolveSibling(""));
    disk.writePublic(file, bytes);
  }

  byte[] readTarget(TargetFile target) throws IOException {
    return Files.readAllBytes(directory.resolve(target.location()));
  }

  byte[] read(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  JsonObject signed(String name) throws IOException, PublishException {
    try {
      return Json.parse(read(name)).object("signed");
    } catch (JsonException e) {
      throw new PublishException("the repository's " + name + " is damaged");
    }
  }

  /** The highest version of the role that lies here, published or left by a killed publisher. */
  long highest(Role role) throws IOException {
    return versions(role).stream().mapToLong(RepositoryFiles::version).max().orElse(0);
  }

  /** The root of the version before that one. */
  RootMetadata rootBefore(long version) throws IOException, PublishException {
    try {
      return RootMetadata.parse(signed(version - 1 + ".root.json"));
    } catch (NoSuchFileException e) {
      throw new PublishException("pending.json is of another repository");
    } catch (JsonException e) {
      throw new PublishException("the repository's metadata is damaged");
    }
  }

  /** Deletes what no gateway can be reading any more. Roots are kept for good. */
  void prune(Set<TargetFile> needed) throws IOException {
    for (Role role : List.of(Role.TARGETS, Role.SNAPSHOT)) {
      long oldest = highest(role) - KEPT_VERSIONS;
      for (Path file : versions(role)) {
        if (version(file) < oldest) {
          disk.delete(file);
        }
      }
    }
    for (Path list : disk.list(directory.resolve("targets").resolve("lists"), "*")) {
      pruneList(list, needed);
    }
  }

  private void pruneList(Path list, Set<TargetFile> needed) throws IOException {
    List<Path> names = needed.stream().map(t -> directory.resolve(t.location())).toList();
    for (String pattern : List.of("*.tgl", "*.bloom", "*.delta", "*.manifest.json")) {
      List<Path> files =
          disk.list(list, pattern).stream()
              .filter(file -> !names.contains(file))
              .sorted(Comparator.comparing(RepositoryFiles::modified).reversed())
              .toList();
      for (Path file : files.subList(Math.min(1, files.size()), files.size())) {
        disk.delete(file);
      }
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  private List<Path> versions(Role role) throws IOException {
    return disk.list(directory, "*." + role.id() + ".json");
  }

  private static long version(Path file) {
    Matcher matcher = VERSIONED.matcher(file.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
