package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.publish.Role;
import org.tidegate.publish.Rotation;
import org.tidegate.publish.TestPublishers;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.DirectoryRepository;
import org.tidegate.sync.tuf.Repository;

/** A publisher in a directory, and everything that one can do to its repository. */
final class SimulatedPublisher {
  static final String LIST = "test";
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private final Path directory;
  private final Publisher publisher;

  private SimulatedPublisher(Path directory, Publisher publisher) {
    this.directory = directory;
    this.publisher = publisher;
  }

  static SimulatedPublisher init(Path directory) throws IOException, PublishException {
    return init(directory, NOW);
  }

  static SimulatedPublisher init(Path directory, Instant now) throws IOException, PublishException {
    return new SimulatedPublisher(directory, TestPublishers.init(directory, now, TestDisk.fast()));
  }

  static SimulatedPublisher open(Path directory, Disk disk) throws PublishException {
    return new SimulatedPublisher(directory, TestPublishers.open(directory, disk));
  }

  /** Publishes an edition of these native lines. */
  SimulatedPublisher publish(Instant now, String... lines) throws IOException, PublishException {
    byte[] text = String.join("\n", lines).getBytes(UTF_8);
    publisher.publish(
        LIST, sink -> ListFormat.NATIVE.read(new ByteArrayInputStream(text), sink), false, now);
    return this;
  }

  /** The same, however much the list has grown or shrunk. */
  SimulatedPublisher publishAnySize(Instant now, String... lines)
      throws IOException, PublishException {
    byte[] text = String.join("\n", lines).getBytes(UTF_8);
    publisher.publish(
        LIST, sink -> ListFormat.NATIVE.read(new ByteArrayInputStream(text), sink), true, now);
    return this;
  }

  /** The same publisher, which makes patches of the shortest lists. */
  SimulatedPublisher withPatches() throws PublishException {
    return new SimulatedPublisher(directory, TestPublishers.withPatches(directory));
  }

  void rotate(Role role, Instant now) throws IOException, PublishException {
    publisher.rotate(Rotation.of(role), now);
  }

  void refresh(Instant now) throws IOException, PublishException {
    publisher.refresh(now);
  }

  Repository repository() {
    return new DirectoryRepository(publisher.repository());
  }

  byte[] trustedRoot() throws IOException {
    return Files.readAllBytes(publisher.trustedRoot());
  }

  ListKey listKey() throws IOException, PublishException {
    return ListKeyFile.read(publisher.listKeyFile());
  }

  ListSource source() throws IOException, PublishException {
    return new ListSource(LIST, repository(), trustedRoot(), listKey());
  }

  /** The one file of the repository whose path ends so. */
  Path file(String end) throws IOException {
    List<Path> found = files().stream().filter(f -> f.toString().endsWith(end)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " files end with " + end);
    }
    return found.get(0);
  }

  List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(publisher.repository())) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Keeps a copy of the repository, as an attacker's mirror would. */
  void copyRepository(Path to) throws IOException {
    copy(publisher.repository(), to);
  }

  /** Serves a kept copy in the place of the repository. */
  void restoreRepository(Path from) throws IOException {
    delete(publisher.repository());
    copy(from, publisher.repository());
  }

  Path directory() {
    return directory;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      walk.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.copy(file, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
