package org.tidegate.sync;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;

/** Targets from a repository, never more of them than was signed for. */
final class Download {
  private Download() {}

  /** A small target, in memory; what it is, is still to be checked. */
  static byte[] small(Repository repository, Target target) throws IOException {
    try (InputStream in = open(repository, target, 0).in()) {
      byte[] bytes = new byte[(int) target.length() + 1];
      int length = 0;
      for (int n = 0; n >= 0 && length < bytes.length; length += Math.max(0, n)) {
        n = read(in, bytes, length, bytes.length - length);
      }
      Digest.checkLength(length, target.length());
      return Arrays.copyOf(bytes, length);
    }
  }

  /**
   * Opens a target, or the rest of it.
   *
   * @throws RefusedException where it is not there, although it was signed
   */
  static Repository.Part open(Repository repository, Target target, long from) throws IOException {
    try {
      return from == 0
          ? new Repository.Part(repository.open(target.location()), 0)
          : repository.open(target.location(), from);
    } catch (RepositoryException e) {
      if (e.trouble() == Trouble.NOT_FOUND) {
        throw new RefusedException(ReasonCode.MISSING);
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }

  static int read(InputStream in, byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (RepositoryException e) {
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }
}
