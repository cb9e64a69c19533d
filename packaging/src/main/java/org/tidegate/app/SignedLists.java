package org.tidegate.app;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.admin.ListUpdate;
import org.tidegate.sync.ListInstaller;
import org.tidegate.sync.ListRefresh;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateListener;
import org.tidegate.sync.UpdateSchedule;

/** The signed lists of a running gateway, each restored from the store and then kept current. */
final class SignedLists implements AutoCloseable {
  private final ListInstaller installer;
  private final UpdateListener listener;
  private List<Followed> followed = List.of();
  private Instant read = Instant.now();

  /** A list and what keeps it current. */
  private static final class Followed {
    private final SignedList list;
    private final ListUpdater updater;
    private Optional<ListRefresh> refresh = Optional.empty();

    Followed(SignedList list, ListUpdater updater) {
      this.list = list;
      this.updater = updater;
    }
  }

  SignedLists(ListInstaller installer, UpdateListener listener) {
    this.installer = installer;
    this.listener = listener;
  }

  /**
   * Follows these lists and no others: what is unchanged goes on as it is, what is new is restored
   * from the store, which needs no network. {@link #start} then begins to fetch.
   */
  synchronized void follow(List<SignedList> lists) {
    List<Followed> next = new ArrayList<>();
    Map<String, ListStatus> before = new HashMap<>();
    for (Followed old : followed) {
      if (lists.stream().anyMatch(old.list::isSame)) {
        next.add(old);
      } else {
        old.refresh.ifPresent(ListRefresh::close);
        before.put(old.list.name(), old.updater.status(Instant.now()));
      }
    }
    for (SignedList list : lists) {
      if (next.stream().noneMatch(known -> known.list.isSame(list))) {
        next.add(restored(list, before.get(list.name())));
      }
    }
    followed = List.copyOf(next);
    read = Instant.now();
  }

  private Followed restored(SignedList list, @Nullable ListStatus before) {
    ListUpdater updater = list.updater(installer);
    if (before != null) {
      updater.takeOver(before);
    }
    updater
        .restore()
        .ifPresent(outcome -> listener.updated(outcome, updater.status(Instant.now())));
    return new Followed(list, updater);
  }

  /** Begins to fetch what is not being fetched yet. */
  synchronized void start() {
    for (Followed list : followed) {
      if (list.refresh.isEmpty()) {
        UpdateSchedule schedule = new UpdateSchedule(list.list.settings().refresh(), new Random());
        list.refresh =
            Optional.of(ListRefresh.start(list.updater, schedule, Clock.systemUTC(), listener));
      }
    }
  }

  /** How every list stands. */
  synchronized List<ListStatus> status(Instant now) {
    return followed.stream().map(list -> list.updater.status(now)).toList();
  }

  /** How a list stands, for the operator; one that is not signed was read when it was installed. */
  synchronized ListUpdate update(String name) {
    Instant now = Instant.now();
    return followed.stream()
        .filter(followed -> followed.list.name().equals(name))
        .findFirst()
        .map(followed -> update(followed.updater.status(now)))
        .orElse(new ListUpdate(ListUpdate.Freshness.FRESH, read));
  }

  private static ListUpdate update(ListStatus status) {
    ListUpdate.Freshness freshness =
        switch (status.freshness()) {
          case FRESH -> ListUpdate.Freshness.FRESH;
          case LATE -> ListUpdate.Freshness.LATE;
          case EXPIRED -> ListUpdate.Freshness.EXPIRED;
          case NONE -> ListUpdate.Freshness.NONE;
        };
    return new ListUpdate(freshness, status.succeeded().orElse(null));
  }

  @Override
  public synchronized void close() {
    followed.forEach(list -> list.refresh.ifPresent(ListRefresh::close));
  }
}
