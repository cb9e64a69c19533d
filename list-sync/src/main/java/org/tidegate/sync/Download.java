package org.tidegate.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;

/** Targets from a repository, never more of them than was signed for. */
final class Download {
  private static final int CHUNK = 1 << 16;

  private Download() {}

  /** A small target, in memory; what it is, is still to be checked. */
  static byte[] small(Repository repository, Target target) throws IOException {
    try (InputStream in = open(repository, target)) {
      byte[] bytes = new byte[(int) target.length() + 1];
      int length = 0;
      for (int n = 0; n >= 0 && length < bytes.length; length += Math.max(0, n)) {
        n = read(in, bytes, length, bytes.length - length);
      }
      Digest.checkLength(length, target.length());
      return Arrays.copyOf(bytes, length);
    }
  }

  /** V8: a list straight to the disk, its length and hash checked before it gets its name. */
  static void toDisk(Repository repository, Target target, Path file, Disk disk)
      throws IOException {
    try (InputStream in = open(repository, target);
        FileChannel channel = disk.begin(file)) {
      MessageDigest digest = Digest.begin();
      byte[] chunk = new byte[CHUNK];
      long length = 0;
      for (int n = read(in, chunk, 0, CHUNK); n >= 0; n = read(in, chunk, 0, CHUNK)) {
        length += n;
        if (length > target.length()) {
          throw new RefusedException(ReasonCode.TOO_LARGE);
        }
        digest.update(chunk, 0, n);
        disk.append(channel, ByteBuffer.wrap(chunk, 0, n));
      }
      Digest.checkLength(length, target.length());
      if (!HexFormat.of().formatHex(digest.digest()).equals(target.sha256())) {
        throw new RefusedException(ReasonCode.TAMPERED);
      }
      disk.finish(channel, file);
    }
  }

  private static InputStream open(Repository repository, Target target) throws IOException {
    try {
      return repository.open(target.location());
    } catch (RepositoryException e) {
      if (e.trouble() == Trouble.NOT_FOUND) {
        throw new RefusedException(ReasonCode.MISSING);
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }

  private static int read(InputStream in, byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (RepositoryException e) {
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }
}
