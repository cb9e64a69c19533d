package org.tidegate.sync.tuf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stored metadata as if it were a repository; without roots, which are known. */
record StoredFiles(TrustedMetadata stored) implements Repository {

  @Override
  public InputStream open(String path) throws IOException {
    if (path.equals("timestamp.json")) {
      return new ByteArrayInputStream(stored.timestamp());
    }
    if (path.endsWith("snapshot.json")) {
      return new ByteArrayInputStream(stored.snapshot());
    }
    if (path.endsWith("targets.json")) {
      return new ByteArrayInputStream(stored.targets());
    }
    throw new RepositoryException(Trouble.NOT_FOUND);
  }
}
