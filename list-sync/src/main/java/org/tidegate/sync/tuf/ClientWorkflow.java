package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * The TUF client workflow (specification §5) over a repository and a cache: asks for files in the
 * specified order, and keeps each as soon as it is trusted. For one update; not thread-safe.
 */
public final class ClientWorkflow {
  private static final int MAX_ROOTS = 256;
  private static final int MAX_ROOT = 512_000;
  private static final int MAX_TIMESTAMP = 64_000;
  private static final int MAX_SNAPSHOT = 2_000_000;
  private static final int MAX_TARGETS = 5_000_000;

  private final Repository repository;
  private final MetadataCache cache;
  private final TrustedSet trusted;

  /**
   * @param cache holds a root that the operator trusts, at least
   * @param now the time against which expiry is checked, also in a run that takes long (§5.1)
   * @throws RefusedException where that root is none
   */
  public ClientWorkflow(Repository repository, MetadataCache cache, Instant now)
      throws IOException {
    this.repository = repository;
    this.cache = cache;
    byte[] root =
        cache.read(TrustedSet.ROOT).orElseThrow(() -> new RefusedException(ReasonCode.WRONG_ROOT));
    this.trusted = new TrustedSet(root, now);
  }

  /**
   * Brings the four top-level roles up to date.
   *
   * @throws RefusedException where what is offered is not to be trusted
   * @throws RepositoryException where the repository is out of reach
   */
  public void refresh() throws IOException {
    updateRoots();
    updateTimestamp();
    updateSnapshot();
    loadTargets(TrustedSet.TARGETS, RoleKeys.of(trusted.root(), TrustedSet.TARGETS));
  }

  /**
   * Looks for a target, through delegations where there are some (§5.6.7), after a refresh.
   *
   * @throws RefusedException where a delegated role on the way is not to be trusted
   */
  public Optional<RepositoryTarget> findTarget(String path) throws IOException {
    return new TargetSearch(path, this::loadTargets)
        .find(RoleKeys.of(trusted.root(), TrustedSet.TARGETS))
        .map(stated -> new RepositoryTarget(path, stated, isConsistent()));
  }

  TrustedSet trusted() {
    return trusted;
  }

  /** §5.3: root by root, each kept at once: what it revokes must stay revoked. */
  private void updateRoots() throws IOException {
    for (int i = 0; i < MAX_ROOTS; i++) {
      String name = trusted.root().version() + 1 + ".root.json";
      Optional<byte[]> next = findRoot(name);
      if (next.isEmpty()) {
        trusted.finishRoots();
        return;
      }
      trusted.updateRoot(next.get());
      cache.write(TrustedSet.ROOT, next.get());
    }
    throw new RefusedException(ReasonCode.TOO_LARGE);
  }

  /** Object stores that may not tell what they hold forbid what they do not have. */
  private Optional<byte[]> findRoot(String name) throws IOException {
    try {
      return find(name, MAX_ROOT);
    } catch (RepositoryException e) {
      if (e.trouble() == Trouble.FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void updateTimestamp() throws IOException {
    Optional<byte[]> earlier = cache.read(TrustedSet.TIMESTAMP);
    if (earlier.isPresent()) {
      try {
        trusted.putEarlierTimestamp(earlier.get());
      } catch (RefusedException e) {
        // Of keys that were rotated since: a publisher recovers from too high versions so.
      }
    }
    byte[] offered =
        find("timestamp.json", MAX_TIMESTAMP)
            .orElseThrow(() -> new RepositoryException(Trouble.NOT_FOUND));
    if (trusted.updateTimestamp(offered)) {
      cache.write(TrustedSet.TIMESTAMP, offered);
    }
  }

  private void updateSnapshot() throws IOException {
    Optional<byte[]> earlier = cache.read(TrustedSet.SNAPSHOT);
    if (earlier.isPresent()) {
      try {
        trusted.putEarlierSnapshot(earlier.get());
        trusted.updateSnapshot(earlier.get());
        return;
      } catch (RefusedException e) {
        // Not the one that the timestamp states.
      }
    }
    byte[] offered = fetch(TrustedSet.SNAPSHOT, trusted.statedSnapshot(), MAX_SNAPSHOT);
    trusted.updateSnapshot(offered);
    cache.write(TrustedSet.SNAPSHOT, offered);
  }

  /** Targets metadata, kept or fetched: verified with the keys of whoever delegates to it. */
  private Metadata loadTargets(String role, RoleKeys keys) throws IOException {
    Optional<byte[]> earlier = cache.read(role);
    if (earlier.isPresent()) {
      try {
        return trusted.updateTargets(role, keys, earlier.get());
      } catch (RefusedException e) {
        // Not the one that the snapshot states.
      }
    }
    byte[] offered = fetch(role, trusted.statedTargets(role), MAX_TARGETS);
    Metadata metadata = trusted.updateTargets(role, keys, offered);
    cache.write(role, offered);
    return metadata;
  }

  private byte[] fetch(String role, StatedFile stated, int atMost) throws IOException {
    String name = Quoted.of(role) + ".json";
    return find(
            isConsistent() ? stated.version() + "." + name : name,
            (int) Math.min(atMost, stated.length()))
        .orElseThrow(() -> new RefusedException(ReasonCode.MISSING));
  }

  private Optional<byte[]> find(String name, int atMost) throws IOException {
    try (InputStream in = repository.open(name)) {
      byte[] bytes = in.readNBytes(atMost + 1);
      if (bytes.length > atMost) {
        throw new RefusedException(ReasonCode.TOO_LARGE);
      }
      return Optional.of(bytes);
    } catch (RefusedException e) {
      throw e;
    } catch (RepositoryException e) {
      if (e.trouble() == Trouble.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }

  private boolean isConsistent() {
    return trusted.root().isConsistent();
  }
}
