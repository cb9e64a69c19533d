package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/**
 * Reads a list repository's metadata by the TUF client workflow. Nothing but roots is kept of a run
 * that fails, so that every run is one whole step from good metadata to good metadata.
 */
public final class MetadataClient {
  private static final int MAX_ROOT = 512_000;

  /** Told of every root that was verified, at once: what it revokes must stay revoked. */
  public interface RootSink {
    /**
     * Takes the roots.
     *
     * @param roots from the first trusted one to the newest
     */
    void verified(List<byte[]> roots) throws IOException;
  }

  private MetadataClient() {}

  /**
   * Reads a repository for the first time.
   *
   * @param newerRoots that were verified before, although nothing else was
   * @throws RefusedException where what it offers is not to be trusted
   * @throws RepositoryException where it is out of reach
   */
  public static TrustedMetadata first(
      byte[] trustedRoot,
      List<byte[]> newerRoots,
      Repository repository,
      Instant now,
      RootSink sink)
      throws IOException {
    MemoryCache cache = new MemoryCache(trustedRoot);
    return run(cache, new KnownRoots(newerRoots, repository), now, sink);
  }

  /**
   * Reads a repository again.
   *
   * @param trusted what was verified before
   * @param newerRoots that were verified since
   */
  public static TrustedMetadata next(
      TrustedMetadata trusted,
      List<byte[]> newerRoots,
      Repository repository,
      Instant now,
      RootSink sink)
      throws IOException {
    return run(MemoryCache.of(trusted), new KnownRoots(newerRoots, repository), now, sink);
  }

  /** Verifies stored metadata again, without a network; only its expiry is not looked at (V1). */
  public static TrustedMetadata replay(TrustedMetadata stored) throws RefusedException {
    try {
      MemoryCache cache = new MemoryCache(stored.roots().get(0));
      return run(cache, new StoredFiles(stored), Instant.MIN, roots -> {});
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }

  /** Refuses what is no root by its form; whether it is the right one, its publisher knows. */
  public static void checkRoot(byte[] root) throws RefusedException {
    Metadata metadata = Metadata.parse(root, TrustedSet.ROOT);
    for (String role : TrustedSet.TOP_LEVEL) {
      RoleKeys.of(metadata, role);
    }
  }

  /** Whether the targets of an earlier run are signed as the newest root demands, too. */
  public static boolean isStillSigned(TrustedMetadata earlier, TrustedMetadata newest)
      throws RefusedException {
    byte[] root = newest.roots().get(newest.roots().size() - 1);
    RoleKeys keys = RoleKeys.of(Metadata.parse(root, TrustedSet.ROOT), TrustedSet.TARGETS);
    try {
      keys.verify(Metadata.parse(earlier.targets(), TrustedSet.TARGETS));
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static TrustedMetadata run(
      MemoryCache cache, Repository repository, Instant now, RootSink sink) throws IOException {
    int before = cache.roots().size();
    ClientWorkflow workflow = begin(cache, repository, now);
    try {
      workflow.refresh();
    } catch (RefusedException e) {
      throw isAnothers(workflow.trusted(), repository)
          ? new RefusedException(ReasonCode.WRONG_ROOT)
          : e;
    } finally {
      if (cache.roots().size() > before) {
        sink.verified(cache.roots());
      }
    }
    if (workflow.trusted().isEquivocal()) {
      throw new RefusedException(ReasonCode.EQUIVOCATION);
    }
    return cache.trusted();
  }

  private static ClientWorkflow begin(MemoryCache cache, Repository repository, Instant now)
      throws IOException {
    try {
      return new ClientWorkflow(repository, cache, now);
    } catch (RefusedException e) {
      throw e.reason() == ReasonCode.TAMPERED ? new RefusedException(ReasonCode.WRONG_ROOT) : e;
    }
  }

  /** Not one good signature: is it another publisher's repository, and not only damaged? */
  private static boolean isAnothers(TrustedSet trusted, Repository repository) {
    if (trusted.unsigned().isEmpty()) {
      return false;
    }
    Metadata root = trusted.root();
    return Collections.disjoint(trusted.unsigned().get().signers(), root.keyIds())
        && !hasRoot(repository, root);
  }

  /** Whether the repository has the root that we trust, so that it is our publisher's. */
  private static boolean hasRoot(Repository repository, Metadata root) {
    try (InputStream in = repository.open(root.version() + ".root.json")) {
      return Json.parse(in.readNBytes(MAX_ROOT)).object("signed").equals(root.signed());
    } catch (IOException | JsonException e) {
      return false;
    }
  }
}
