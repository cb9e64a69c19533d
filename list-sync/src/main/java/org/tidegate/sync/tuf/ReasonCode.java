package org.tidegate.sync.tuf;

import java.util.Locale;

/** Why an edition is refused. The codes are stable: scripts and alarms depend on them. */
public enum ReasonCode {
  /** Older than what was accepted before. */
  ROLLBACK,
  /**
   * Another edition under a serial, or other metadata under a version, that was accepted before.
   */
  EQUIVOCATION,
  /** A signature or hash that does not fit. */
  TAMPERED,
  /** Shorter than it should be. */
  TRUNCATED,
  /** Longer than it should or may be. */
  TOO_LARGE,
  /** Signed metadata beyond its expiry: somebody withholds newer editions, or nobody signs. */
  EXPIRED,
  /** Another publisher's repository: not signed by keys that the trusted root leads to. */
  WRONG_ROOT,
  /** Fewer good signatures than the threshold. */
  THRESHOLD,
  /** No TUF metadata, or no manifest. */
  MALFORMED,
  /** Files that do not belong together. */
  MISMATCH,
  /** A file that signed metadata names is not there. */
  MISSING,
  /** The repository has no list of that name. */
  NO_SUCH_LIST,
  /** Compiled with another list key. */
  WRONG_KEY,
  /** A compiled list, or a manifest, of a version that this software does not know. */
  FORMAT_VERSION,
  /** Canonicalised by other rules than this software's. */
  CANONICALISER_VERSION,
  /** No compiled list, although signed as one. */
  BAD_LIST,
  /** The canary entry is missing. */
  CANARY,
  /** What is stored here cannot be read or written, for no reason below. */
  STORE,
  /** What is stored here is no longer what was signed. */
  STORE_DAMAGED,
  /** What is stored here ends too early. */
  STORE_TRUNCATED,
  /** A file of the stored edition is not there. */
  STORE_MISSING,
  /** The disk, or what of it this user may have, is full. */
  DISK_FULL,
  /** The disk cannot be written to. */
  READ_ONLY,
  /** This user may not read or write the store. */
  NO_ACCESS,
  /** Something in the store belongs to another user, or others may write to it. */
  WRONG_OWNER,
  /** The operator keeps an edition on purpose: list unpin ends that. */
  PINNED,
  /** Without an entry. */
  EMPTY,
  /** Suddenly less than half as many entries. */
  SHRUNK,
  /** Suddenly more than twice as many entries. */
  GROWN,
  /** Another process, or another thread, is updating or pinning this list. */
  IN_USE,
  /** Good, and yet its installation failed. */
  INSTALL,
  /** Something unexpected here, such as too little memory. */
  INTERNAL;

  /** Whether the cause is here, whatever a repository offers. */
  public boolean isLocal() {
    return switch (this) {
      case STORE,
          STORE_DAMAGED,
          STORE_TRUNCATED,
          STORE_MISSING,
          DISK_FULL,
          READ_ONLY,
          NO_ACCESS,
          WRONG_OWNER,
          PINNED,
          IN_USE,
          INSTALL,
          INTERNAL ->
          true;
      default -> false;
    };
  }

  /** The word in status and messages. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
