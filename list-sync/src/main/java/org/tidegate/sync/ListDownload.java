package org.tidegate.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;

/**
 * V8: a list on its way to the disk, its length and hash checked before it gets its name. Where the
 * way breaks, what has come stays, and the next attempt, of this update or a later one, from this
 * repository or another, goes on from there. The whole is verified, however many parts it came in.
 */
final class ListDownload {
  private static final int CHUNK = 1 << 16;

  /** How often one update goes on after a break, if more has come each time. */
  private static final int MOST_BREAKS = 8;

  /** No transfer is gone on with after so long: another repository may be better. */
  private static final Duration MOST_TIME = Duration.ofMinutes(30);

  private final Repository repository;
  private final Target target;
  private final Path file;
  private final Disk disk;
  private final byte[] chunk = new byte[CHUNK];
  private MessageDigest digest = Digest.begin();
  private long length;

  ListDownload(Repository repository, Target target, Path file, Disk disk) {
    this.repository = repository;
    this.target = target;
    this.file = file;
    this.disk = disk;
  }

  /**
   * Gets the list.
   *
   * @throws RepositoryException where the way broke: what has come stays on the disk
   * @throws RefusedException where it is another file than was signed, of which nothing stays, or
   *     is not there
   */
  void run() throws IOException {
    boolean goesOn = Files.exists(Disk.temporary(file));
    try {
      attempt();
    } catch (RefusedException e) {
      if (!goesOn || e.reason() == ReasonCode.MISSING) {
        throw e;
      }
      // What an earlier repository left behind may be to blame.
      attempt();
    }
  }

  private void attempt() throws IOException {
    try (FileChannel channel = disk.resume(file)) {
      digestWhatIsHere(channel);
      if (length != target.length()) {
        receive(channel);
      }
      check();
      disk.finish(channel, file);
    } catch (IOException e) {
      if (!mayGoOn(e)) {
        disk.delete(Disk.temporary(file));
      }
      throw e;
    }
  }

  /** Another repository may have the rest of what came from here, or from one before. */
  private static boolean mayGoOn(IOException e) {
    return e instanceof RepositoryException
        || (e instanceof RefusedException refused && refused.reason() == ReasonCode.MISSING);
  }

  private void digestWhatIsHere(FileChannel channel) throws IOException {
    forget();
    channel.position(0);
    ByteBuffer bytes = ByteBuffer.wrap(chunk);
    for (int n = channel.read(bytes); n >= 0; n = channel.read(bytes.clear())) {
      digest.update(chunk, 0, n);
      length += n;
    }
  }

  private void receive(FileChannel channel) throws IOException {
    long begin = System.nanoTime();
    for (int breaks = 0; ; breaks++) {
      long before = length;
      try {
        receivePart(channel);
        return;
      } catch (RepositoryException e) {
        boolean hasNoSuchRest = e.trouble() == Trouble.RANGE && length > 0;
        boolean goesOn = e.trouble().isInterruption() && length > before;
        if (breaks >= MOST_BREAKS
            || System.nanoTime() - begin > MOST_TIME.toNanos()
            || !(hasNoSuchRest || goesOn)) {
          throw e;
        }
        if (hasNoSuchRest) {
          restart(channel);
        }
      }
    }
  }

  private void receivePart(FileChannel channel) throws IOException {
    Repository.Part part = Download.open(repository, target, length);
    try (InputStream in = part.in()) {
      if (part.from() != length) {
        restart(channel);
      }
      for (int n = read(in); n >= 0; n = read(in)) {
        length += n;
        if (length > target.length()) {
          throw new RefusedException(ReasonCode.TOO_LARGE);
        }
        digest.update(chunk, 0, n);
        disk.append(channel, ByteBuffer.wrap(chunk, 0, n));
      }
    }
  }

  private int read(InputStream in) throws IOException {
    return Download.read(in, chunk, 0, CHUNK);
  }

  private void restart(FileChannel channel) throws IOException {
    disk.restart(channel);
    forget();
  }

  private void forget() {
    digest = Digest.begin();
    length = 0;
  }

  private void check() throws RefusedException {
    Digest.checkLength(length, target.length());
    if (!HexFormat.of().formatHex(digest.digest()).equals(target.sha256())) {
      throw new RefusedException(ReasonCode.TAMPERED);
    }
  }
}
