package org.tidegate.sync.tuf;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every decision of the TUF client workflow (specification §5.3 to §5.6): bytes go in, and are
 * trusted afterwards or refused. No file, no network, no clock. Not thread-safe.
 *
 * <p>What was trusted in an earlier run is put in as {@code earlier}: it must be signed as the
 * present root demands, may have expired, and only bounds what is accepted now.
 */
final class TrustedSet {
  static final String ROOT = "root";
  static final String TIMESTAMP = "timestamp";
  static final String SNAPSHOT = "snapshot";
  static final String TARGETS = "targets";
  static final List<String> TOP_LEVEL = List.of(ROOT, TIMESTAMP, SNAPSHOT, TARGETS);

  private final Instant now;
  private Metadata root;
  private @Nullable Metadata timestamp;
  private @Nullable Metadata earlierSnapshot;
  private @Nullable Metadata snapshot;
  private @Nullable Metadata unsigned;
  private boolean equivocal;

  /** Begins with a root that is trusted without proof; it must have signed itself. */
  TrustedSet(byte[] trustedRoot, Instant now) throws RefusedException {
    this.now = now;
    this.root = Metadata.parse(trustedRoot, ROOT);
    verify(RoleKeys.of(root, ROOT), root);
  }

  /** §5.3: the root of the next version, signed by the one before and by itself. */
  void updateRoot(byte[] bytes) throws RefusedException {
    Metadata next = Metadata.parse(bytes, ROOT);
    verify(RoleKeys.of(root, ROOT), next);
    if (next.version() != root.version() + 1) {
      throw new RefusedException(
          next.version() <= root.version() ? ReasonCode.ROLLBACK : ReasonCode.MISMATCH);
    }
    verify(RoleKeys.of(next, ROOT), next);
    root = next;
  }

  /** §5.3.10: only the last root of a chain must not have expired. */
  void finishRoots() throws RefusedException {
    checkFresh(root);
  }

  void putEarlierTimestamp(byte[] bytes) throws RefusedException {
    Metadata earlier = Metadata.parse(bytes, TIMESTAMP);
    verify(RoleKeys.of(root, TIMESTAMP), earlier);
    earlier.stated(file(SNAPSHOT));
    timestamp = earlier;
  }

  /**
   * §5.4.
   *
   * @return whether it is newer than the earlier one
   */
  boolean updateTimestamp(byte[] bytes) throws RefusedException {
    Metadata offered = Metadata.parse(bytes, TIMESTAMP);
    verify(RoleKeys.of(root, TIMESTAMP), offered);
    long snapshotVersion = offered.stated(file(SNAPSHOT)).version();
    Metadata earlier = timestamp;
    if (earlier != null) {
      checkNotOlder(offered.version(), earlier.version());
      if (offered.version() == earlier.version()) {
        noteEquivocation(offered, earlier);
        checkFresh(earlier);
        return false;
      }
      checkNotOlder(snapshotVersion, earlier.stated(file(SNAPSHOT)).version());
    }
    checkFresh(offered);
    timestamp = offered;
    return true;
  }

  StatedFile statedSnapshot() throws RefusedException {
    return requireNonNull(timestamp).stated(file(SNAPSHOT));
  }

  /** An earlier snapshot: bounds the versions of what it names. */
  void putEarlierSnapshot(byte[] bytes) throws RefusedException {
    Metadata earlier = Metadata.parse(bytes, SNAPSHOT);
    verify(RoleKeys.of(root, SNAPSHOT), earlier);
    earlierSnapshot = earlier;
  }

  /** §5.5. */
  void updateSnapshot(byte[] bytes) throws RefusedException {
    StatedFile stated = statedSnapshot();
    stated.check(bytes);
    Metadata offered = Metadata.parse(bytes, SNAPSHOT);
    verify(RoleKeys.of(root, SNAPSHOT), offered);
    checkVersion(offered, stated);
    Metadata earlier = earlierSnapshot;
    if (earlier != null) {
      checkNamesNothingOlder(offered, earlier);
      noteEquivocation(offered, earlier);
    }
    checkFresh(offered);
    snapshot = offered;
  }

  StatedFile statedTargets(String role) throws RefusedException {
    return requireNonNull(snapshot).stated(file(role));
  }

  /** §5.6: top-level targets, signed as the root demands, or delegated ones. */
  Metadata updateTargets(String role, RoleKeys keys, byte[] bytes) throws RefusedException {
    StatedFile stated = statedTargets(role);
    stated.check(bytes);
    Metadata offered = Metadata.parse(bytes, TARGETS);
    verify(keys, offered);
    checkVersion(offered, stated);
    checkFresh(offered);
    return offered;
  }

  Metadata root() {
    return root;
  }

  /** What was refused last because nobody had signed it whose signature counts. */
  Optional<Metadata> unsigned() {
    return Optional.ofNullable(unsigned);
  }

  /** Whether something was offered that is rightly signed, and is not what it was before. */
  boolean isEquivocal() {
    return equivocal;
  }

  /** The name that metadata has in the metadata above it. */
  static String file(String role) {
    return role + ".json";
  }

  private void verify(RoleKeys keys, Metadata metadata) throws RefusedException {
    try {
      keys.verify(metadata);
    } catch (RefusedException e) {
      unsigned = e.reason() == ReasonCode.TAMPERED ? metadata : null;
      throw e;
    }
  }

  private void checkFresh(Metadata metadata) throws RefusedException {
    if (metadata.hasExpired(now)) {
      throw new RefusedException(ReasonCode.EXPIRED);
    }
  }

  private static void checkNotOlder(long offered, long earlier) throws RefusedException {
    if (offered < earlier) {
      throw new RefusedException(ReasonCode.ROLLBACK);
    }
  }

  private static void checkVersion(Metadata offered, StatedFile stated) throws RefusedException {
    if (offered.version() != stated.version()) {
      throw new RefusedException(ReasonCode.MISMATCH);
    }
  }

  private static void checkNamesNothingOlder(Metadata offered, Metadata earlier)
      throws RefusedException {
    for (String file : earlier.statedFiles()) {
      if (!offered.statedFiles().contains(file)) {
        throw new RefusedException(ReasonCode.ROLLBACK);
      }
      checkNotOlder(offered.stated(file).version(), earlier.stated(file).version());
    }
  }

  private void noteEquivocation(Metadata offered, Metadata earlier) {
    equivocal |=
        offered.version() == earlier.version() && !offered.signed().equals(earlier.signed());
  }
}
