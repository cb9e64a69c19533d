package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.TufException;
import dev.sigstore.tuf.Updater;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.tidegate.sync.json.JsonException;

/**
 * The TUF client workflow (specification §5.3 to §5.6), on sigstore's, with what that leaves open
 * closed: form, length and hash before parsing, expiry after every run.
 */
public final class MetadataClient {

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
    SignedForm.check(trustedRoot, true);
    Repository known = new KnownRoots(newerRoots, repository);
    return run(new RoleMemory(trustedRoot), trustedRoot, known, now, sink);
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
    try {
      RoleMemory memory = RoleMemory.of(trusted);
      return run(memory, trusted.roots().get(0), new KnownRoots(newerRoots, repository), now, sink);
    } catch (JsonParseException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }

  /** Verifies stored metadata again, without a network; only its expiry is not looked at (V1). */
  public static TrustedMetadata replay(TrustedMetadata stored) throws RefusedException {
    byte[] trustedRoot = stored.roots().get(0);
    try {
      SignedForm.check(trustedRoot, true);
      StoredFiles files = new StoredFiles(stored);
      return run(new RoleMemory(trustedRoot), trustedRoot, files, Instant.EPOCH, roots -> {});
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }

  /** Refuses what is no root by its form; whether it is the right one, its publisher knows. */
  public static void checkRoot(byte[] root) throws RefusedException {
    SignedForm.check(root, true);
    try {
      if (!SignedForm.role(root).equals(RoleMemory.ROOT)) {
        throw new RefusedException(ReasonCode.MALFORMED);
      }
      for (String role :
          List.of(RoleMemory.ROOT, RoleMemory.TIMESTAMP, RoleMemory.SNAPSHOT, RoleMemory.TARGETS)) {
        SignedForm.keys(root, role);
      }
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  private static TrustedMetadata run(
      RoleMemory memory, byte[] firstRoot, Repository repository, Instant now, RootSink sink)
      throws IOException {
    int before = Math.max(1, memory.roots().size());
    try {
      update(updater(memory, firstRoot, repository, now), memory, repository);
    } finally {
      if (memory.roots().size() > before) {
        sink.verified(memory.roots());
      }
    }
    TrustedMetadata trusted =
        new TrustedMetadata(
            memory.roots(),
            requireNonNull(memory.bytes(RoleMemory.TIMESTAMP)),
            requireNonNull(memory.bytes(RoleMemory.SNAPSHOT)),
            requireNonNull(memory.bytes(RoleMemory.TARGETS)));
    checkExpiry(trusted, now);
    return trusted;
  }

  private static void update(Updater updater, RoleMemory memory, Repository repository)
      throws IOException {
    try {
      updater.updateMeta();
    } catch (RefusedException | RepositoryException e) {
      throw e;
    } catch (TufException e) {
      throw TufRefusal.of(e, memory, repository);
    } catch (JsonParseException | IOException | RuntimeException e) {
      // sigstore's many answers to metadata of the wrong shape
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  private static Updater updater(
      RoleMemory memory, byte[] firstRoot, Repository repository, Instant now) {
    CheckedFetcher fetcher = new CheckedFetcher(repository, memory);
    return Updater.builder()
        .setClock(Clock.fixed(now, ZoneOffset.UTC))
        .setVerifiers(Ed25519Keys::verifier)
        .setTrustedRootPath(() -> new String(firstRoot, UTF_8))
        .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(memory))
        .setMetaFetcher(MetaFetcher.newFetcher(fetcher))
        .setTargetFetcher(fetcher)
        .build();
  }

  /** V5: sigstore takes expired metadata whose version it knows already. */
  private static void checkExpiry(TrustedMetadata trusted, Instant now) throws RefusedException {
    byte[] root = trusted.roots().get(trusted.roots().size() - 1);
    for (byte[] role : List.of(root, trusted.timestamp(), trusted.snapshot(), trusted.targets())) {
      if (!TrustedMetadata.expires(role).isAfter(now)) {
        throw new RefusedException(ReasonCode.EXPIRED);
      }
    }
  }
}
