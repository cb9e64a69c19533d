package org.tidegate.sync.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads files as large as compiled lists are, piece by piece: in one piece, the platform would read
 * them by way of a second copy, and keep its memory. Stateless.
 */
public final class ListBytes {
  private static final int PIECE = 1 << 16;

  private ListBytes() {}

  /**
   * Reads a whole file, also one that does not tell its size, as a pipe.
   *
   * @throws IOException if it cannot be read, or is larger than an array can be
   */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 8) {
        throw new IOException(size + " bytes (expected: 2 GiB at most)");
      }
      byte[] bytes = new byte[(int) size];
      int at = 0;
      int read = 0;
      while (at < bytes.length && read >= 0) {
        at += read;
        read = in.read(bytes, at, Math.min(PIECE, bytes.length - at));
      }
      byte[] rest = in.readAllBytes();
      if (at == bytes.length && rest.length == 0) {
        return bytes;
      }
      byte[] whole = Arrays.copyOf(bytes, Math.addExact(at, rest.length));
      System.arraycopy(rest, 0, whole, at, rest.length);
      return whole;
    }
  }
}
