package org.tidegate.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tidegate.sync.tuf.Quoted;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryTarget;

/** Verified targets in a directory, a file for each, named after its whole path. */
final class TargetDirectory {
  private final Path directory;

  TargetDirectory(Path directory) {
    this.directory = directory;
  }

  /** Gets a target, unless it is here. */
  void download(RepositoryTarget target, Repository repository) throws IOException {
    Path file = directory.resolve(Quoted.of(target.path()));
    if (isHere(target, file)) {
      return;
    }
    Files.createDirectories(directory);
    Path begun = Files.createTempFile(directory, "target", ".tmp");
    try {
      try (InputStream in = repository.open(target.location());
          OutputStream out = Files.newOutputStream(begun)) {
        target.stated().copy(in, out);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  private static boolean isHere(RepositoryTarget target, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      target.stated().copy(in, OutputStream.nullOutputStream());
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }
}
