package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
     * @param roots from the oldest to the newest
     */
    void verified(List<byte[]> roots) throws IOException;
  }

  private MetadataClient() {}

  /**
   * Reads a repository.
   *
   * @param roots a {@link RootChain}
   * @param earlier what was verified before; what of it the newest root's keys did not sign bounds
   *     nothing
   * @throws RefusedException where what it offers is not to be trusted
   * @throws RepositoryException where it is out of reach
   */
  public static TrustedMetadata refresh(
      List<byte[]> roots,
      Optional<TrustedMetadata> earlier,
      Repository repository,
      Instant now,
      RootSink sink)
      throws IOException {
    MemoryCache cache = new MemoryCache(roots);
    earlier.ifPresent(cache::putEarlier);
    ClientWorkflow workflow = new ClientWorkflow(repository, cache, now);
    try {
      workflow.refresh();
    } catch (RefusedException e) {
      throw isAnothers(workflow.trusted(), repository)
          ? new RefusedException(ReasonCode.WRONG_ROOT)
          : e;
    } finally {
      if (cache.roots().size() > roots.size()) {
        sink.verified(cache.roots());
      }
    }
    if (workflow.trusted().isEquivocal()) {
      throw new RefusedException(ReasonCode.EQUIVOCATION);
    }
    return cache.trusted();
  }

  /**
   * Verifies stored metadata again from a trusted root on, without a network; only its expiry is
   * not looked at (V1).
   */
  public static TrustedMetadata replay(byte[] trustedRoot, TrustedMetadata stored)
      throws RefusedException {
    List<byte[]> roots = RootChain.of(trustedRoot, stored.roots());
    byte[] newest = stored.roots().get(stored.roots().size() - 1);
    boolean leadsOn = RootChain.indexOf(stored.roots(), trustedRoot) >= 0;
    if (leadsOn && RootChain.indexOf(roots, newest) < 0) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    try {
      Repository files = new StoredFiles(stored);
      return refresh(roots, Optional.empty(), files, Instant.MIN, newer -> {});
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

  /** Whether the targets of an earlier run are signed as that root demands, too. */
  public static boolean isStillSigned(TrustedMetadata earlier, byte[] root) {
    try {
      RoleKeys keys = RoleKeys.of(Metadata.parse(root, TrustedSet.ROOT), TrustedSet.TARGETS);
      keys.verify(Metadata.parse(earlier.targets(), TrustedSet.TARGETS));
      return true;
    } catch (RefusedException e) {
      return false;
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
