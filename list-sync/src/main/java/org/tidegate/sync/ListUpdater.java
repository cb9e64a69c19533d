package org.tidegate.sync;

import java.io.Closeable;
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
 * ever installed, and nothing is ever taken out of use. Each call excludes the others, but for
 * {@link #status} and {@link #stop}.
 */
public final class ListUpdater {
  private final ListSource source;
  private final Lateness lateness;
  private final StoredList store;
  private final ListInstaller installer;
  private final Standing standing;
  private final Object gate = new Object();
  private boolean stopped;
  private @Nullable CompiledList installed;

  public ListUpdater(ListSource source, ListStore store, ListInstaller installer) {
    this(source, Lateness.AT_ONCE, store, installer);
  }

  public ListUpdater(
      ListSource source, Lateness lateness, ListStore store, ListInstaller installer) {
    this.source = source;
    this.lateness = lateness;
    this.store = store.list(source.name());
    this.installer = installer;
    this.standing = new Standing(source.name());
  }

  /** The name of the list. */
  public String name() {
    return source.name();
  }

  /** How the list stands, as far as this knows: after {@link #restore} or an update. */
  public ListStatus status(Instant now) {
    return standing.status(now);
  }

  /** From now on nothing is installed or stored any more, also by an update that is under way. */
  public void stop() {
    synchronized (gate) {
      stopped = true;
    }
    source.repository().abort();
  }

  /**
   * Installs the last good list, verified again, without a network and whatever its age.
   *
   * @return empty where there never was one
   */
  public synchronized Optional<UpdateOutcome> restore() {
    try {
      store.outcome().ifPresent(standing::ended);
      StoredChain chain = StoredChain.read(store, source.trustedRoot());
      if (chain.edition().isEmpty()) {
        if (store.edition().isEmpty()) {
          return Optional.empty();
        }
        throw new RefusedException(ReasonCode.WRONG_ROOT);
      }
      StoredEdition edition = chain.edition().get();
      TrustedMetadata metadata = MetadataClient.replay(edition.metadata());
      Manifest manifest = Manifest.verify(edition.manifest(), metadata, source.name());
      CompiledList list = openStored(manifest);
      synchronized (gate) {
        install(list);
      }
      standing.holds(edition.status(manifest));
      return Optional.of(new UpdateOutcome.Current(manifest.serial()));
    } catch (RefusedException e) {
      standing.notRestored(e.reason(), lateness);
      return Optional.of(new UpdateOutcome.Refused(e.reason()));
    }
  }

  /** Another source's edition is enforced until this one's first is there. */
  public void takeOver(ListStatus before) {
    before.edition().ifPresent(standing::holds);
  }

  /** One update. Does not throw: network trouble and refusals are outcomes. */
  public synchronized UpdateOutcome update(Instant now) {
    try (Closeable lock = store.prepare()) {
      if (standing.outcome().isEmpty()) {
        store.outcome().ifPresent(standing::ended);
      }
      UpdateOutcome outcome = ended(attempt(now), now);
      return noted(outcome) ? outcome : ended(new UpdateOutcome.Refused(ReasonCode.STORE), now);
    } catch (RefusedException e) {
      return ended(new UpdateOutcome.Refused(e.reason()), now);
    } catch (IOException e) {
      return ended(new UpdateOutcome.Refused(ReasonCode.STORE), now);
    }
  }

  /** Notes that an update ended by something unexpected. */
  UpdateOutcome failed(ReasonCode reason, Instant now) {
    return ended(new UpdateOutcome.Refused(reason), now);
  }

  /** Whether the disk remembers the outcome; one that was not good anyhow is good enough. */
  private boolean noted(UpdateOutcome outcome) {
    synchronized (gate) {
      try {
        if (!stopped && standing.outcome().isPresent()) {
          store.writeOutcome(standing.outcome().get());
        }
        return true;
      } catch (RefusedException e) {
        return !outcome.isGood();
      }
    }
  }

  private UpdateOutcome ended(UpdateOutcome outcome, Instant now) {
    standing.ended(outcome, now, lateness);
    return outcome;
  }

  private UpdateOutcome attempt(Instant now) {
    try {
      StoredChain chain = StoredChain.readOrForget(store, source);
      Instant time = chain.edition().isEmpty() ? now : chain.edition().get().notBefore(now);
      TrustedMetadata metadata = refresh(chain, time);
      byte[] bytes = Download.small(source.repository(), Manifest.target(metadata, source.name()));
      Manifest manifest = Manifest.verify(bytes, metadata, source.name());
      manifest.key(source.keys());
      chain.checkSerial(manifest);
      return accept(new StoredEdition(metadata, bytes, time), manifest, chain);
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
    CompiledList before = installed;
    boolean isNew =
        !chain.has(manifest) || (before != null && before.serial() != manifest.serial());
    CompiledList list = chain.has(manifest) ? current(manifest) : fetch(manifest);
    synchronized (gate) {
      if (stopped) {
        throw new RefusedException(ReasonCode.IN_USE);
      }
      store.commit(edition, manifest);
      install(list);
    }
    standing.holds(edition.status(manifest));
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
    ListVerifier.checkCanary(list, manifest.key(source.keys()));
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
