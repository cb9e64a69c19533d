package org.tidegate.sync;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/** What is wrong with the store, as a reason code of its own. */
final class StoreTrouble {
  /** Below this much free space a failed write is no riddle. */
  private static final long FULL = 64 * 1024;

  private static final int OTHERS_WRITE = 0022;
  private static final Path SELF = Path.of("/proc/self");

  private StoreTrouble() {}

  /** An operation on a directory of the store failed. */
  static RefusedException of(Path directory, IOException e) {
    if (e instanceof RefusedException refused) {
      return refused;
    }
    if (e instanceof AccessDeniedException) {
      return new RefusedException(ReasonCode.NO_ACCESS);
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return new RefusedException(ReasonCode.DISK_FULL);
    }
    return new RefusedException(
        message.contains("Read-only file system") ? ReasonCode.READ_ONLY : ofDisk(directory));
  }

  /** The system's messages are in the user's language: what the disk itself says is not. */
  private static ReasonCode ofDisk(Path directory) {
    try {
      FileStore store = Files.getFileStore(existing(directory));
      if (store.isReadOnly()) {
        return ReasonCode.READ_ONLY;
      }
      return store.getUsableSpace() < FULL ? ReasonCode.DISK_FULL : ReasonCode.STORE;
    } catch (IOException e) {
      return ReasonCode.STORE;
    }
  }

  private static Path existing(Path directory) {
    Path at = directory.toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }

  static RefusedException of(JsonException e) {
    return new RefusedException(
        e.isTruncated() ? ReasonCode.STORE_TRUNCATED : ReasonCode.STORE_DAMAGED);
  }

  /** Of what was stored: the same fault has another reason than in a repository. */
  static RefusedException stored(RefusedException e) {
    return switch (e.reason()) {
      case TRUNCATED -> new RefusedException(ReasonCode.STORE_TRUNCATED);
      case TAMPERED, TOO_LARGE, MALFORMED, MISMATCH, THRESHOLD, MISSING, NO_SUCH_LIST, BAD_LIST ->
          new RefusedException(ReasonCode.STORE_DAMAGED);
      default -> e;
    };
  }

  /**
   * What others own or may write to, they may also take away or roll back.
   *
   * @param store whose owner the superuser, who may look at any, takes for its own
   */
  static void checkOwner(Path file, Path store) throws IOException {
    if (!Files.exists(SELF) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    int expected = isSuperuser() ? uid(store) : uid(SELF);
    if (uid(file) != expected || (mode & OTHERS_WRITE) != 0) {
      throw new RefusedException(ReasonCode.WRONG_OWNER);
    }
  }

  /** Whether this process may write to what others own. */
  static boolean isSuperuser() throws IOException {
    return Files.exists(SELF) && uid(SELF) == 0;
  }

  private static int uid(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid");
  }
}
