package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a repository come from. Nothing that it gives is trusted. */
public interface Repository {

  /**
   * Opens a file.
   *
   * @param path relative, of plain characters
   * @throws RepositoryException with {@link Trouble#NOT_FOUND} where there is no such file
   * @throws IOException where it is out of reach
   */
  InputStream open(String path) throws IOException;

  /** Ends what is being read by another thread, as far as that is possible. */
  default void abort() {}
}
