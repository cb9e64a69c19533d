package org.tidegate.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.RootChain;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * What the store remembers against what is offered: roots, and the last good edition. An edition
 * counts if its roots and the operator's trusted root belong together, or if its targets are signed
 * as the newest root demands: another publisher's counts for nothing.
 *
 * @param roots those that led to the trusted root, and those that it leads to
 * @param list that is stored, whoever signed it
 * @param manifest the edition's; empty where it bounds nothing
 */
record StoreMemory(
    List<byte[]> roots,
    Optional<Target> list,
    Optional<StoredEdition> edition,
    Optional<Manifest> manifest) {

  /** Reads it; what is damaged is forgotten, and fetched anew. */
  static StoreMemory read(StoredList store, ListSource source) throws RefusedException {
    List<StoredEdition> editions = readable(store);
    List<byte[]> known = new ArrayList<>(store.roots());
    editions.forEach(edition -> known.addAll(edition.metadata().roots()));
    List<byte[]> roots = RootChain.of(source.trustedRoot(), known);
    Optional<Target> list = Optional.empty();
    for (StoredEdition edition : editions) {
      try {
        Manifest manifest = edition.stated(source.name());
        list = list.or(() -> Optional.of(manifest.list()));
        if (counts(edition.metadata(), roots)) {
          return new StoreMemory(roots, list, Optional.of(edition), Optional.of(manifest));
        }
      } catch (RefusedException e) {
        // Damaged: the one before is remembered.
      }
    }
    return new StoreMemory(roots, list, Optional.empty(), Optional.empty());
  }

  private static List<StoredEdition> readable(StoredList store) {
    List<StoredEdition> editions = new ArrayList<>();
    for (StoredList.Reading reading : store.editions()) {
      try {
        reading.edition().ifPresent(editions::add);
      } catch (RefusedException e) {
        // Damaged.
      }
    }
    return editions;
  }

  private static boolean counts(TrustedMetadata metadata, List<byte[]> roots) {
    return RootChain.meet(metadata.roots(), roots)
        || MetadataClient.isStillSigned(metadata, roots.get(roots.size() - 1));
  }

  /**
   * What it remembers against this offer. Where the keys that signed the last good edition were
   * taken back since, its serial bounds nothing: so a publisher recovers from a thief's too high
   * serials, as the specification has it for versions (§5.3.11).
   */
  StoreMemory against(Manifest offered, TrustedMetadata newest) {
    boolean goesOn =
        manifest.isEmpty()
            || offered.serial() > manifest.get().serial()
            || has(offered)
            || MetadataClient.isStillSigned(
                edition.get().metadata(), newest.roots().get(newest.roots().size() - 1));
    return goesOn ? this : new StoreMemory(roots, list, edition, Optional.empty());
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

  /** Whether the offered list is the stored one. */
  boolean has(Manifest offered) {
    return list.equals(Optional.of(offered.list()));
  }
}
