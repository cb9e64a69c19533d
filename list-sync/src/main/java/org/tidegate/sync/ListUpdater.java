package org.tidegate.sync;

import static java.util.Objects.requireNonNull;

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
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * Keeps one list current: fetches, verifies, stores and installs. Only what passed every check is
 * ever installed, and nothing is ever taken out of use. Each call excludes the others, but for
 * {@link #status} and {@link #stop}.
 */
public final class ListUpdater {
  private final ListSource source;
  private final UpdateRules rules;
  private final StoredList store;
  private final ListInstaller installer;
  private final Standing standing;
  private final Object gate = new Object();
  private boolean stopped;
  private volatile boolean pinSeen;
  private @Nullable CompiledList installed;
  private @Nullable Target installedAs;

  public ListUpdater(ListSource source, ListStore store, ListInstaller installer) {
    this(source, UpdateRules.DEFAULT, store, installer);
  }

  public ListUpdater(
      ListSource source, UpdateRules rules, ListStore store, ListInstaller installer) {
    this.source = source;
    this.rules = rules;
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

  /**
   * From now on no edition is installed or becomes the stored one, also by an update that is under
   * way.
   */
  public void stop() {
    synchronized (gate) {
      stopped = true;
    }
    source.repositories().forEach(Repository::abort);
  }

  /**
   * Installs the last good list, verified again, without a network and whatever its age. Where the
   * newest edition is damaged it is the one before.
   *
   * @return empty where there never was one; refused also where a list was installed, and yet not
   *     the one that should have been
   */
  public synchronized Optional<UpdateOutcome> restore() {
    try {
      store.outcome().ifPresent(standing::ended);
      pinSeen = hasPin();
      Optional<Restoration> restored = Restoration.find(store, source);
      if (restored.isPresent()) {
        enforce(restored.get());
      }
      Optional<ReasonCode> trouble = restored.flatMap(Restoration::trouble);
      if (trouble.isPresent()) {
        throw new RefusedException(trouble.get());
      }
      return restored.map(found -> new UpdateOutcome.Current(found.manifest().serial()));
    } catch (RefusedException e) {
      standing.notRestored(e.reason(), rules.lateness());
      return Optional.of(new UpdateOutcome.Refused(e.reason()));
    }
  }

  private void enforce(Restoration restored) throws RefusedException {
    synchronized (gate) {
      if (!stopped && !isInstalled(restored.manifest())) {
        install(restored.list(), restored.manifest());
      }
    }
    standing.holds(restored.edition().status(restored.manifest()));
  }

  /** Whether the operator has pinned the list since, or lifted the pin. */
  boolean isPinChanged() {
    return hasPin() != pinSeen;
  }

  private boolean hasPin() {
    try {
      return store.pin().isPresent();
    } catch (RefusedException e) {
      return false;
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
      Optional<ReasonCode> trouble = noted(outcome);
      return trouble.isEmpty() ? outcome : ended(new UpdateOutcome.Refused(trouble.get()), now);
    } catch (RefusedException e) {
      return ended(new UpdateOutcome.Refused(e.reason()), now);
    } catch (IOException e) {
      return ended(new UpdateOutcome.Refused(store.trouble(e)), now);
    }
  }

  /** Notes that an update ended by something unexpected. */
  UpdateOutcome failed(ReasonCode reason, Instant now) {
    return ended(new UpdateOutcome.Refused(reason), now);
  }

  /** Why the disk does not remember the outcome; one that was not good anyhow is good enough. */
  private Optional<ReasonCode> noted(UpdateOutcome outcome) {
    synchronized (gate) {
      try {
        if (!stopped && standing.outcome().isPresent()) {
          store.writeOutcome(standing.outcome().get());
        }
        return Optional.empty();
      } catch (RefusedException e) {
        return outcome.isGood() ? Optional.of(e.reason()) : Optional.empty();
      }
    }
  }

  private UpdateOutcome ended(UpdateOutcome outcome, Instant now) {
    standing.ended(outcome, now, rules.lateness());
    return outcome;
  }

  private UpdateOutcome attempt(Instant now) {
    try {
      pinSeen = hasPin();
      if (pinSeen) {
        Optional<Restoration> kept = Restoration.find(store, source);
        if (kept.isPresent() && kept.get().trouble().equals(Optional.of(ReasonCode.PINNED))) {
          enforce(kept.get());
          return new UpdateOutcome.Refused(ReasonCode.PINNED);
        }
      }
    } catch (RefusedException e) {
      return new UpdateOutcome.Refused(e.reason());
    }
    return attemptEach(now);
  }

  /** A repository that is hostile or out of reach keeps nobody from the next one. */
  private UpdateOutcome attemptEach(Instant now) {
    @Nullable UpdateOutcome worst = null;
    for (Repository repository : source.repositories()) {
      UpdateOutcome outcome = attempt(repository, now);
      if (outcome.isGood()) {
        return outcome;
      }
      if (worst == null || worst instanceof UpdateOutcome.Unreachable) {
        worst = outcome;
      }
    }
    return requireNonNull(worst);
  }

  private UpdateOutcome attempt(Repository repository, Instant now) {
    try {
      StoredChain stored = StoredChain.readOrForget(store, source);
      Instant time = stored.edition().isEmpty() ? now : stored.edition().get().notBefore(now);
      TrustedMetadata metadata = refresh(repository, stored, time);
      byte[] bytes = Download.small(repository, Manifest.target(metadata, source.name()));
      Manifest manifest = Manifest.verify(bytes, metadata, source.name());
      manifest.key(source.keys());
      StoredChain chain = stored.against(manifest, metadata);
      chain.checkSerial(manifest);
      checkSize(chain, manifest);
      return accept(repository, new StoredEdition(metadata, bytes, time), manifest, chain);
    } catch (RefusedException e) {
      repository.forget();
      return new UpdateOutcome.Refused(e.reason());
    } catch (RepositoryException e) {
      return new UpdateOutcome.Unreachable(e.trouble());
    } catch (IOException e) {
      return new UpdateOutcome.Refused(store.trouble(e));
    }
  }

  /** What another process took into the store, such as list fetch --any-size, was meant so. */
  private void checkSize(StoredChain chain, Manifest offered) throws RefusedException {
    if (!rules.anySize() && !chain.has(offered)) {
      SizeGuard.check(chain.manifest(), offered);
    }
  }

  private TrustedMetadata refresh(Repository repository, StoredChain chain, Instant now)
      throws IOException {
    Optional<StoredEdition> edition = chain.edition();
    List<byte[]> newer = chain.newerRoots();
    return edition.isPresent()
        ? MetadataClient.next(edition.get().metadata(), newer, repository, now, store::writeRoots)
        : MetadataClient.first(source.trustedRoot(), newer, repository, now, store::writeRoots);
  }

  private UpdateOutcome accept(
      Repository repository, StoredEdition edition, Manifest manifest, StoredChain chain)
      throws IOException {
    boolean isStored = chain.has(manifest);
    boolean isNew = !isStored || (installed != null && !isInstalled(manifest));
    CompiledList list =
        isStored ? current(repository, manifest) : fetch(repository, manifest, chain.manifest());
    synchronized (gate) {
      if (stopped) {
        throw new RepositoryException(Trouble.STOPPED);
      }
      store.commit(edition, manifest, isStored ? Optional.empty() : chain.manifest());
      install(list, manifest);
    }
    standing.holds(edition.status(manifest));
    return isNew
        ? new UpdateOutcome.Updated(manifest.serial())
        : new UpdateOutcome.Current(manifest.serial());
  }

  private boolean isInstalled(Manifest manifest) {
    return manifest.list().equals(installedAs);
  }

  /** The list that is installed, or else stored; where it was damaged since, it is fetched anew. */
  private CompiledList current(Repository repository, Manifest manifest) throws IOException {
    CompiledList list = installed;
    if (list != null && isInstalled(manifest)) {
      return list;
    }
    try {
      return openStored(manifest);
    } catch (RefusedException e) {
      return fetch(repository, manifest, Optional.empty());
    }
  }

  private CompiledList fetch(Repository repository, Manifest manifest, Optional<Manifest> stored)
      throws IOException {
    if (!new DeltaDownload(repository, store).toDisk(manifest, stored)) {
      new ListDownload(repository, manifest.list(), store.listFile(manifest), store.disk()).run();
    }
    return openStored(manifest);
  }

  private CompiledList openStored(Manifest manifest) throws RefusedException {
    CompiledList list = ListVerifier.verify(store.readList(manifest), manifest, source.name());
    ListVerifier.checkCanary(list, manifest.key(source.keys()));
    return list;
  }

  private void install(CompiledList list, Manifest manifest) throws RefusedException {
    if (list == installed) {
      return;
    }
    try {
      installer.install(list);
      installed = list;
      installedAs = manifest.list();
    } catch (ListFormatException e) {
      throw ListVerifier.refusal(e);
    } catch (RuntimeException e) {
      throw new RefusedException(ReasonCode.INSTALL);
    }
  }
}
