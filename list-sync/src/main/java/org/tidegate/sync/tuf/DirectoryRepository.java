package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository in a directory: a disk, a share, a stick. */
public final class DirectoryRepository implements Repository {
  private final Path directory;

  public DirectoryRepository(Path directory) {
    this.directory = directory;
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = directory.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new RepositoryException(Trouble.NOT_FOUND);
    }
    return Files.newInputStream(file);
  }
}
