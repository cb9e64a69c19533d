package org.tidegate.sync;

import java.util.List;
import java.util.Optional;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * What the store remembers under the operator's trusted root: the roots that led on from it, and
 * the last good edition. A store of another publisher's counts for nothing.
 *
 * @param newerRoots verified, and newer than the edition's
 */
record StoredChain(
    Optional<StoredEdition> edition, Optional<Manifest> manifest, List<byte[]> newerRoots) {
  private static final StoredChain NOTHING =
      new StoredChain(Optional.empty(), Optional.empty(), List.of());

  /** As it is stored, not verified. */
  static StoredChain read(StoredList store, byte[] trustedRoot) throws RefusedException {
    List<byte[]> roots = store.roots();
    if (!holds(roots, trustedRoot)) {
      return NOTHING;
    }
    Optional<StoredEdition> edition = store.edition();
    int used = edition.map(e -> e.metadata().roots().size()).orElse(0);
    return new StoredChain(edition, Optional.empty(), roots.subList(used, roots.size()));
  }

  /** Verified; what was damaged is forgotten, and fetched anew. */
  static StoredChain readOrForget(StoredList store, ListSource source) {
    try {
      StoredChain chain = read(store, source.trustedRoot());
      if (chain.edition().isEmpty()) {
        return chain;
      }
      StoredEdition edition = chain.edition().get();
      TrustedMetadata metadata = MetadataClient.replay(edition.metadata());
      Manifest manifest = Manifest.verify(edition.manifest(), metadata, source.name());
      return new StoredChain(chain.edition(), Optional.of(manifest), chain.newerRoots());
    } catch (RefusedException e) {
      return NOTHING;
    }
  }

  /** Refuses a store that another root leads to. */
  static void requireRoot(StoredList store, byte[] trustedRoot) throws RefusedException {
    if (!holds(store.roots(), trustedRoot)) {
      throw new RefusedException(ReasonCode.WRONG_ROOT);
    }
  }

  /**
   * What it remembers against this offer. Where the keys that signed the last good edition were
   * taken back since, its serial bounds nothing: so a publisher recovers from a thief's too high
   * serials, as the specification has it for versions (§5.3.11).
   */
  StoredChain against(Manifest offered, TrustedMetadata newest) throws RefusedException {
    boolean goesOn =
        edition.isEmpty()
            || manifest.isEmpty()
            || offered.serial() > manifest.get().serial()
            || has(offered)
            || MetadataClient.isStillSigned(edition.get().metadata(), newest);
    return goesOn ? this : new StoredChain(edition, Optional.empty(), newerRoots);
  }

  /** V6: never an older edition than the last good one, and never another of the same serial. */
  void checkSerial(Manifest offered) throws RefusedException {
    if (manifest.isEmpty()) {
      return;
    }
    long serial = manifest.get().serial();
    if (offered.serial() < serial) {
      throw new RefusedException(ReasonCode.ROLLBACK);
    }
    if (offered.serial() == serial && !offered.list().equals(manifest.get().list())) {
      throw new RefusedException(ReasonCode.EQUIVOCATION);
    }
  }

  boolean has(Manifest offered) {
    return manifest.map(last -> last.list().equals(offered.list())).orElse(false);
  }

  private static boolean holds(List<byte[]> roots, byte[] trustedRoot) throws RefusedException {
    JsonObject trusted = signed(trustedRoot, ReasonCode.WRONG_ROOT);
    for (byte[] root : roots) {
      if (signed(root, ReasonCode.STORE_DAMAGED).equals(trusted)) {
        return true;
      }
    }
    return false;
  }

  private static JsonObject signed(byte[] root, ReasonCode otherwise) throws RefusedException {
    try {
      return Json.parse(root).object("signed");
    } catch (JsonException e) {
      throw new RefusedException(otherwise);
    }
  }
}
