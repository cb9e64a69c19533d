package org.tidegate.sync;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * Keeps one list current: fetches, verifies, stores and installs. Only what passed every check is
 * ever installed, and nothing is ever taken out of use. Each call excludes the others.
 */
public final class ListUpdater {
  private final ListSource source;
  private final StoredList store;
  private final ListInstaller installer;
  private @Nullable CompiledList installed;

  public ListUpdater(ListSource source, ListStore store, ListInstaller installer) {
    this.source = source;
    this.store = store.list(source.name());
    this.installer = installer;
  }

  /** The name of the list. */
  public String name() {
    return source.name();
  }

  /**
   * Installs the last good list, verified again, without a network and whatever its age.
   *
   * @return empty where there never was one
   */
  public synchronized Optional<UpdateOutcome> restore() {
    try {
      StoredChain chain = StoredChain.read(store, source.trustedRoot());
      if (chain.edition().isEmpty()) {
        return store.edition().isEmpty()
            ? Optional.empty()
            : Optional.of(new UpdateOutcome.Refused(ReasonCode.WRONG_ROOT));
      }
      StoredEdition edition = chain.edition().get();
      TrustedMetadata metadata = MetadataClient.replay(edition.metadata());
      Manifest manifest = Manifest.verify(edition.manifest(), metadata, source.name());
      manifest.checkKey(source.key());
      install(openStored(manifest));
      return Optional.of(new UpdateOutcome.Current(manifest.serial()));
    } catch (RefusedException e) {
      return Optional.of(new UpdateOutcome.Refused(e.reason()));
    }
  }

  /** One update. Does not throw: network trouble and refusals are outcomes. */
  public synchronized UpdateOutcome update(Instant now) {
    UpdateOutcome outcome = attempt(now);
    try {
      store.writeOutcome(outcome, now);
    } catch (RefusedException e) {
      return outcome.isGood() ? new UpdateOutcome.Refused(e.reason()) : outcome;
    }
    return outcome;
  }

  private UpdateOutcome attempt(Instant now) {
    try {
      store.prepare();
      StoredChain chain = StoredChain.readOrForget(store, source);
      TrustedMetadata metadata = refresh(chain, now);
      byte[] bytes = Download.small(source.repository(), Manifest.target(metadata, source.name()));
      Manifest manifest = Manifest.verify(bytes, metadata, source.name());
      manifest.checkKey(source.key());
      chain.checkSerial(manifest);
      return accept(new StoredEdition(metadata, bytes, now), manifest, chain);
    } catch (RefusedException e) {
      return new UpdateOutcome.Refused(e.reason());
    } catch (RepositoryException e) {
      return new UpdateOutcome.Unreachable(e.trouble());
    } catch (IOException e) {
      return new UpdateOutcome.Refused(ReasonCode.STORE);
    }
  }

  private TrustedMetadata refresh(StoredChain chain, Instant now) throws IOException {
    Optional<StoredEdition> edition = chain.edition();
    List<byte[]> newer = chain.newerRoots();
    return edition.isPresent()
        ? MetadataClient.next(
            edition.get().metadata(), newer, source.repository(), now, store::writeRoots)
        : MetadataClient.first(
            source.trustedRoot(), newer, source.repository(), now, store::writeRoots);
  }

  private UpdateOutcome accept(StoredEdition edition, Manifest manifest, StoredChain chain)
      throws IOException {
    boolean isNew = !chain.has(manifest);
    CompiledList list = isNew ? fetch(manifest) : current(manifest);
    store.commit(edition, manifest);
    install(list);
    return isNew
        ? new UpdateOutcome.Updated(manifest.serial())
        : new UpdateOutcome.Current(manifest.serial());
  }

  /** The list that is installed, or else stored; where it was damaged since, it is fetched anew. */
  private CompiledList current(Manifest manifest) throws IOException {
    CompiledList list = installed;
    if (list != null && list.serial() == manifest.serial()) {
      return list;
    }
    try {
      return openStored(manifest);
    } catch (RefusedException e) {
      return fetch(manifest);
    }
  }

  private CompiledList fetch(Manifest manifest) throws IOException {
    Download.toDisk(source.repository(), manifest.list(), store.listFile(manifest), store.disk());
    return openStored(manifest);
  }

  private CompiledList openStored(Manifest manifest) throws RefusedException {
    CompiledList list = ListVerifier.verify(store.readList(manifest), manifest, source.name());
    ListVerifier.checkCanary(list, source.key());
    return list;
  }

  private void install(CompiledList list) throws RefusedException {
    if (list == installed) {
      return;
    }
    try {
      installer.install(list);
      installed = list;
    } catch (ListFormatException e) {
      throw ListVerifier.refusal(e);
    } catch (RuntimeException e) {
      throw new RefusedException(ReasonCode.INSTALL);
    }
  }
}
