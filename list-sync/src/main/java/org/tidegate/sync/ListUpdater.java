package org.tidegate.sync;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;

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
  private volatile PinState pin = PinState.NONE;
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
      pin = PinState.of(store);
      Optional<Restoration> restored = enforceStored();
      Optional<ReasonCode> trouble = restored.flatMap(Restoration::trouble);
      if (trouble.isPresent()) {
        throw new RefusedException(trouble.get());
      }
      return restored.map(by -> new UpdateOutcome.Current(by.found().manifest().serial()));
    } catch (RefusedException e) {
      standing.notRestored(e.reason(), rules.lateness());
      return Optional.of(new UpdateOutcome.Refused(e.reason()));
    }
  }

  private Optional<Restoration> enforceStored() throws RefusedException {
    Optional<Restoration> restored = Restoration.find(store, source, pin);
    if (restored.isPresent() && !isStepBack(restored.get())) {
      VerifiedEdition found = restored.get().found();
      synchronized (gate) {
        if (!stopped && !isInstalled(found.manifest())) {
          install(found.list(), found.manifest());
        }
      }
      standing.holds(found.edition().status(found.manifest()));
    }
    return restored;
  }

  /** What is in use is better than the edition before, where the newest one cannot be used. */
  private boolean isStepBack(Restoration by) {
    return installed != null && pin.isNone() && by.trouble().isPresent();
  }

  /** Whether the operator has pinned the list since, in another way, or lifted the pin. */
  boolean isPinChanged() {
    return !PinState.of(store).equals(pin);
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
  synchronized UpdateOutcome failed(ReasonCode reason, Instant now) {
    UpdateOutcome outcome = ended(new UpdateOutcome.Refused(reason), now);
    try (Closeable lock = store.prepare()) {
      noted(outcome);
    } catch (IOException | RuntimeException | Error e) {
      // The disk need not know; what was unexpected may well be so again.
    }
    return outcome;
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

  /** What is to be enforced of the store, and unless it was pinned what the publisher offers. */
  private UpdateOutcome attempt(Instant now) {
    pin = PinState.of(store);
    @Nullable Target before = installedAs;
    Optional<ReasonCode> kept = keepStored();
    if (kept.equals(Optional.of(ReasonCode.PINNED))) {
      return new UpdateOutcome.Refused(ReasonCode.PINNED);
    }
    UpdateOutcome outcome = told(attemptEach(now), before);
    // A pin that cannot be held is told until it is lifted.
    return pin.isNone() || outcome instanceof UpdateOutcome.Refused
        ? outcome
        : new UpdateOutcome.Refused(kept.orElse(ReasonCode.STORE_MISSING));
  }

  /** What another process has stored is new here. */
  private UpdateOutcome told(UpdateOutcome outcome, @Nullable Target before) {
    boolean isNewHere = before != null && !before.equals(installedAs);
    return isNewHere && outcome instanceof UpdateOutcome.Current current
        ? new UpdateOutcome.Updated(current.serial())
        : outcome;
  }

  /**
   * Enforces what the store holds where that is another edition: by a pin, after one, or because
   * another process has fetched it.
   *
   * @return why it is not the newest one
   */
  private Optional<ReasonCode> keepStored() {
    try {
      if (isKept()) {
        return Optional.of(ReasonCode.PINNED);
      }
      boolean isOther = !pin.isNone() || (installed != null && !isNewestInstalled());
      return isOther ? enforceStored().flatMap(Restoration::trouble) : Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(e.reason()); // the publisher may help
    }
  }

  /** Verified when it was installed. */
  private boolean isKept() {
    CompiledList list = installed;
    return list != null && pin.keeps(list.serial());
  }

  private boolean isNewestInstalled() throws RefusedException {
    Optional<StoredEdition> newest = store.edition();
    return newest.isEmpty() || isInstalled(newest.get().stated(source.name()));
  }

  /** A repository that is hostile or out of reach keeps nobody from the next one. */
  private UpdateOutcome attemptEach(Instant now) {
    @Nullable UpdateOutcome worst = null;
    for (Repository repository : source.repositories()) {
      UpdateOutcome outcome = attempt(repository, now);
      if (outcome.isGood() || outcome.isLocal()) {
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
      Offer offer = Offer.read(repository, source, rules, store, now);
      return accept(offer);
    } catch (RefusedException e) {
      if (!e.reason().isLocal()) {
        repository.forget();
      }
      return new UpdateOutcome.Refused(e.reason());
    } catch (RepositoryException e) {
      return new UpdateOutcome.Unreachable(e.trouble());
    } catch (IOException e) {
      return new UpdateOutcome.Refused(store.trouble(e));
    }
  }

  private UpdateOutcome accept(Offer offer) throws IOException {
    Manifest manifest = offer.manifest();
    CompiledList known = isInstalled(manifest) ? installed : null;
    CompiledList list = known != null && offer.isStored() ? known : offer.list();
    synchronized (gate) {
      if (stopped) {
        throw new RepositoryException(Trouble.STOPPED);
      }
      try (Closeable hold = store.hold()) {
        PinState latest = PinState.of(store);
        if (latest.pin().isPresent() && !latest.equals(pin)) {
          throw new RefusedException(ReasonCode.PINNED);
        }
        store.commit(offer.edition(), manifest, offer.before());
      }
      install(list, manifest);
    }
    standing.holds(offer.edition().status(manifest));
    return offer.isStored()
        ? new UpdateOutcome.Current(manifest.serial())
        : new UpdateOutcome.Updated(manifest.serial());
  }

  private boolean isInstalled(Manifest manifest) {
    return manifest.list().equals(installedAs);
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
