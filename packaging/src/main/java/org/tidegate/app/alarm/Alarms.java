package org.tidegate.app.alarm;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.app.alarm.Alarm.Kind;
import org.tidegate.sync.Freshness;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.UpdateListener;
import org.tidegate.sync.UpdateOutcome;

/**
 * One alarm for every change of state of a list, and none for what goes on as it was: neither for a
 * new edition of a list that is fresh, nor for the tenth update in a row that fails. A list that
 * nothing is known of yet counts as fresh and enforced. Safe for many threads; nobody waits here.
 */
public final class Alarms implements UpdateListener, AutoCloseable {
  private static final State WELL = new State(Freshness.FRESH.word(), "");
  private static final String BLOCKED = "blocked";
  private static final String NOT_BLOCKED = "not-blocked";

  private final InstantSource clock;
  private final Map<String, State> lists = new HashMap<>();
  private final Map<String, Boolean> canaries = new HashMap<>();
  private List<Delivery> deliveries = List.of();

  /** What an alarm is raised by the change of. */
  private record State(String word, String reason) {}

  public Alarms(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on these are told; to those before goes what they have still to be told. */
  public synchronized void tell(List<Receiver> receivers, DeliveryCount count) {
    deliveries.forEach(Delivery::close);
    deliveries = receivers.stream().map(to -> Delivery.start(to, count)).toList();
  }

  @Override
  public void updated(UpdateOutcome outcome, ListStatus status) {
    stands(status);
  }

  @Override
  public void aged(ListStatus status) {
    stands(status);
  }

  private synchronized void stands(ListStatus status) {
    // What went wrong is no alarm as long as the list counts as fresh.
    State now =
        status.freshness() == Freshness.FRESH
            ? WELL
            : new State(status.freshness().word(), status.cause());
    State before = lists.getOrDefault(status.name(), WELL);
    lists.put(status.name(), now);
    if (!now.equals(before)) {
      Optional<Long> serial = status.edition().map(ListStatus.Edition::serial);
      raise(Kind.LIST, status.name(), now, before.word(), serial);
    }
  }

  /** A list's canary was asked for through the gateway. */
  public synchronized void canary(String list, boolean isBlocked) {
    boolean wasBlocked = canaries.getOrDefault(list, true);
    canaries.put(list, isBlocked);
    if (isBlocked != wasBlocked) {
      State now = new State(isBlocked ? BLOCKED : NOT_BLOCKED, isBlocked ? "" : "canary");
      raise(Kind.CANARY, list, now, wasBlocked ? BLOCKED : NOT_BLOCKED, Optional.empty());
    }
  }

  private void raise(Kind kind, String list, State now, String before, Optional<Long> serial) {
    Alarm alarm =
        new Alarm(
            kind,
            list,
            now.word(),
            before,
            now.reason(),
            serial,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    deliveries.forEach(to -> to.offer(alarm));
  }

  @Override
  public synchronized void close() {
    deliveries.forEach(Delivery::close);
  }
}
