package org.tidegate.sync.tuf;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A repository in a directory: a disk, a share, a stick. */
public final class DirectoryRepository implements Repository {
  private final Path directory;

  public DirectoryRepository(Path directory) {
    this.directory = directory;
  }

  @Override
  public InputStream open(String path) throws IOException {
    try {
      return new FileStream(Files.newInputStream(directory.resolve(path)));
    } catch (NoSuchFileException e) {
      throw new RepositoryException(Trouble.NOT_FOUND);
    } catch (IOException e) {
      throw new RepositoryException(Trouble.UNREADABLE);
    }
  }

  /** A file that may go away under the reader: a stick that is pulled, a share that is lost. */
  private static final class FileStream extends FilterInputStream {
    FileStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      try {
        return super.read(to, from, length);
      } catch (IOException e) {
        throw new RepositoryException(Trouble.UNREADABLE);
      }
    }
  }
}
