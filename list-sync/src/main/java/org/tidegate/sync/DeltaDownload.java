package org.tidegate.sync;

import java.io.IOException;
import java.util.Optional;
import org.tidegate.sync.delta.Delta;
import org.tidegate.sync.delta.DeltaException;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.Repository;

/**
 * A list by its patch, from the edition that is stored. Nothing that goes wrong here is anybody's
 * business: the list is then fetched whole.
 */
final class DeltaDownload {
  /** What is in memory at once: the edition before, the new one, and something for the rest. */
  private static final int ROOM = 3;

  private final Repository repository;
  private final StoredList store;

  DeltaDownload(Repository repository, StoredList store) {
    this.repository = repository;
    this.store = store;
  }

  /**
   * Puts the list's file in place, with the stated length and hash (V8).
   *
   * @param stored the manifest of the edition that is stored
   * @return false where there is no way by a patch, or it led to nothing
   */
  boolean toDisk(Manifest manifest, Optional<Manifest> stored) {
    Optional<ManifestDelta> delta = manifest.delta();
    boolean leadsFromHere =
        delta.isPresent()
            && stored.isPresent()
            && stored.get().list().sha256().equals(delta.get().base());
    if (!leadsFromHere || !isRoomFor(manifest, stored.get())) {
      return false;
    }
    try {
      byte[] patch = Download.small(repository, delta.get().patch());
      Digest.check(patch, delta.get().patch().sha256());
      byte[] list =
          Delta.apply(store.readList(stored.get()), patch, (int) manifest.list().length());
      Digest.check(list, manifest.list().sha256());
      store.disk().writePrivate(store.listFile(manifest), list);
      return true;
    } catch (IOException | DeltaException | RuntimeException e) {
      return false;
    }
  }

  /** A process that runs out of memory ends; one that fetches a list whole goes on. */
  private static boolean isRoomFor(Manifest manifest, Manifest stored) {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return free / ROOM > Math.max(manifest.list().length(), stored.list().length());
  }
}
