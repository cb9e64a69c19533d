package org.tidegate.sync;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * An edition that a repository offers, and that passed every check (V1 to V8) but that of the list
 * itself.
 *
 * @param memory what the store remembers against it
 */
record Offer(
    Repository repository,
    ListSource source,
    StoredList store,
    StoreMemory memory,
    StoredEdition edition,
    Manifest manifest) {

  /**
   * Reads what is offered.
   *
   * @throws RefusedException where it is not to be trusted
   * @throws IOException where the repository is out of reach, or the store fails
   */
  static Offer read(
      Repository repository, ListSource source, UpdateRules rules, StoredList store, Instant now)
      throws IOException {
    StoreMemory memory = StoreMemory.read(store, source);
    Optional<StoredEdition> last = memory.edition();
    Instant time = last.isEmpty() ? now : last.get().notBefore(now);
    TrustedMetadata metadata =
        MetadataClient.refresh(
            memory.roots(), last.map(StoredEdition::metadata), repository, time, store::noteRoots);
    byte[] bytes = Download.small(repository, Manifest.target(metadata, source.name()));
    Manifest manifest = Manifest.verify(bytes, metadata, source.name());
    manifest.key(source.keys());
    StoreMemory bound = memory.against(manifest, metadata);
    bound.checkSerial(manifest);
    // What another process took into the store, such as list fetch --any-size, was meant so.
    if (!rules.anySize() && !bound.has(manifest)) {
      SizeGuard.check(bound.manifest(), manifest);
    }
    StoredEdition edition = new StoredEdition(metadata, bytes, time);
    return new Offer(repository, source, store, bound, edition, manifest);
  }

  /** Whether its list is the one that is stored. */
  boolean isStored() {
    return memory.has(manifest);
  }

  /** The edition that it takes the place of, to be kept as the one before. */
  Optional<StoredEdition> before() {
    return isStored() || memory.manifest().isEmpty() ? Optional.empty() : memory.edition();
  }

  /** Its list (V9), from the store or, where that has it not or it was damaged, fetched. */
  CompiledList list() throws IOException {
    if (isStored()) {
      try {
        return open();
      } catch (RefusedException e) {
        // Damaged.
      }
    }
    fetch();
    try {
      return open();
    } catch (RefusedException e) {
      store.deleteList(manifest);
      throw e;
    }
  }

  private void fetch() throws IOException {
    store.prune(store.listFile(manifest));
    Optional<Manifest> base = isStored() ? Optional.empty() : memory.manifest();
    if (!new DeltaDownload(repository, store).toDisk(manifest, base)) {
      new ListDownload(repository, manifest.list(), store.listFile(manifest), store.disk()).run();
    }
  }

  private CompiledList open() throws RefusedException {
    CompiledList list = ListVerifier.verify(store.readList(manifest), manifest, source.name());
    ListVerifier.checkCanary(list, manifest.key(source.keys()));
    return list;
  }

  @Override
  public String toString() {
    return "Offer[serial " + manifest.serial() + "]";
  }
}
