package org.tidegate.sync;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/** A stored edition that was verified again, whatever its age. */
record VerifiedEdition(StoredEdition edition, Manifest manifest, CompiledList list) {

  /**
   * Verifies it, all but its canary.
   *
   * @throws RefusedException where it is not what was signed, or not under that root
   */
  static VerifiedEdition of(
      StoredList store, StoredEdition edition, byte[] trustedRoot, String name)
      throws RefusedException {
    try {
      TrustedMetadata metadata = MetadataClient.replay(trustedRoot, edition.metadata());
      Manifest manifest = Manifest.verify(edition.manifest(), metadata, name);
      CompiledList list = ListVerifier.verify(store.readList(manifest), manifest, name);
      return new VerifiedEdition(edition, manifest, list);
    } catch (RefusedException e) {
      throw StoreTrouble.stored(e);
    }
  }
}
