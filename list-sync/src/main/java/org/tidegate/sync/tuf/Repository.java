package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a repository come from. Nothing that it gives is trusted. */
public interface Repository {

  /**
   * A file, or the rest of it.
   *
   * @param from where in the file it begins
   */
  record Part(InputStream in, long from) {}

  /**
   * Opens a file.
   *
   * @param path relative, of plain characters
   * @throws RepositoryException with {@link Trouble#NOT_FOUND} where there is no such file
   * @throws IOException where it is out of reach
   */
  InputStream open(String path) throws IOException;

  /**
   * Opens the rest of a file whose beginning is here already.
   *
   * @return all of it where the rest alone is not to be had
   * @throws RepositoryException with {@link Trouble#RANGE} where there is no such rest
   */
  default Part open(String path, long from) throws IOException {
    return new Part(open(path), 0);
  }

  /** What it gave was refused: nothing of it may be used again. */
  default void forget() {}

  /** Ends what is being read by another thread, as far as that is possible. */
  default void abort() {}
}
