package org.tidegate.sync.tuf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stored metadata as if it were a repository. */
final class StoredFiles implements Repository {
  private final TrustedMetadata stored;
  private final Repository roots;

  StoredFiles(TrustedMetadata stored) throws RefusedException {
    this.stored = stored;
    this.roots =
        new KnownRoots(
            stored.roots(),
            path -> {
              throw new RepositoryException(Trouble.NOT_FOUND);
            });
  }

  @Override
  public InputStream open(String path) throws IOException {
    if (path.equals("timestamp.json")) {
      return new ByteArrayInputStream(stored.timestamp());
    }
    if (path.endsWith("snapshot.json")) {
      return new ByteArrayInputStream(stored.snapshot());
    }
    return path.endsWith("targets.json")
        ? new ByteArrayInputStream(stored.targets())
        : roots.open(path);
  }
}
