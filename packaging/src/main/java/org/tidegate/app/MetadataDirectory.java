package org.tidegate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.tuf.MetadataCache;
import org.tidegate.sync.tuf.Quoted;

/** Trusted metadata in a directory, a file for each role, named after it alone. */
final class MetadataDirectory implements MetadataCache {
  private final Path directory;
  private final Disk disk = new Disk();

  MetadataDirectory(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<byte[]> read(String role) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file(role)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String role, byte[] bytes) throws IOException {
    disk.makePrivateDirectory(directory);
    disk.writePrivate(file(role), bytes);
  }

  private Path file(String role) {
    return directory.resolve(Quoted.of(role) + ".json");
  }
}
