package org.tidegate.sync;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * The edition of the store that is to be enforced, verified again: the one that the operator keeps
 * on purpose, or else the newest, or else, where that is damaged, the one before.
 *
 * @param trouble with what should have been enforced instead
 */
record Restoration(
    CompiledList list, StoredEdition edition, Manifest manifest, Optional<ReasonCode> trouble) {

  private interface Read {
    Optional<StoredEdition> edition() throws RefusedException;
  }

  /** What one file of the store holds. */
  private record Found(CompiledList list, StoredEdition edition, Manifest manifest) {}

  /**
   * Finds it.
   *
   * @return empty where there never was an edition
   * @throws RefusedException where none of those that are there can be used
   */
  static Optional<Restoration> find(StoredList store, ListSource source) throws RefusedException {
    Search search = new Search(store, source);
    Found newest = search.open(store::edition);
    ReasonCode newestTrouble = search.trouble;
    Optional<Pin> pin = search.pin();
    boolean wantsPrevious =
        newest == null || (pin.isPresent() && pin.get().serial() != newest.manifest().serial());
    Found previous = wantsPrevious ? search.open(store::previous) : null;
    Found pinned = pin.isPresent() ? search.pinned(pin.get(), newest, previous) : null;
    Found chosen = pinned != null ? pinned : newest != null ? newest : previous;
    if (chosen == null) {
      if (search.trouble == null) {
        return Optional.empty();
      }
      throw new RefusedException(search.trouble);
    }
    ReasonCode trouble = pin.isPresent() ? ReasonCode.PINNED : newestTrouble;
    if (pin.isPresent() && pinned == null) {
      trouble = search.trouble == null ? ReasonCode.STORE_MISSING : search.trouble;
    }
    return Optional.of(
        new Restoration(
            chosen.list(), chosen.edition(), chosen.manifest(), Optional.ofNullable(trouble)));
  }

  /** Looks into the store and remembers the first trouble. */
  private static final class Search {
    private final StoredList store;
    private final ListSource source;
    private @Nullable ReasonCode trouble;

    Search(StoredList store, ListSource source) {
      this.store = store;
      this.source = source;
    }

    @Nullable Found open(Read read) {
      try {
        Optional<StoredEdition> edition = read.edition();
        if (edition.isEmpty()) {
          return null;
        }
        StoredChain.requireRoot(store, source.trustedRoot());
        TrustedMetadata metadata = MetadataClient.replay(edition.get().metadata());
        Manifest manifest = Manifest.verify(edition.get().manifest(), metadata, source.name());
        CompiledList list = ListVerifier.verify(store.readList(manifest), manifest, source.name());
        ListVerifier.checkCanary(list, manifest.key(source.keys()));
        return new Found(list, edition.get(), manifest);
      } catch (RefusedException e) {
        trouble = trouble == null ? StoreTrouble.stored(e).reason() : trouble;
        return null;
      }
    }

    Optional<Pin> pin() {
      try {
        return store.pin();
      } catch (RefusedException e) {
        trouble = trouble == null ? e.reason() : trouble;
        return Optional.empty();
      }
    }

    @Nullable Found pinned(Pin pin, @Nullable Found newest, @Nullable Found previous) {
      if (newest != null && newest.manifest().serial() == pin.serial()) {
        return newest;
      }
      return previous != null && previous.manifest().serial() == pin.serial() ? previous : null;
    }
  }
}
