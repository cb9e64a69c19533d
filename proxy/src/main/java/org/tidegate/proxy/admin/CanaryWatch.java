package org.tidegate.proxy.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.listen.Listener;

/**
 * Asks for the canary of every enforced list through the gateway's own listeners, again and again.
 * One answer that is no splash page, or no answer twice in a row, and the list counts as not
 * enforced. Safe for many threads.
 */
public final class CanaryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.canary");
  private static final int UNANSWERED = 2;

  private final UrlFilter filter;
  private final Supplier<List<Listener>> listeners;
  private final BiConsumer<String, Boolean> seen;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "tidegate-canary");
            made.setDaemon(true);
            return made;
          });
  private final Map<String, Integer> unanswered = new LinkedHashMap<>();
  private @Nullable ScheduledFuture<?> schedule;
  private volatile @Nullable Map<String, Boolean> last;

  /** A watch over those listeners; it begins by {@link #every}. */
  public CanaryWatch(UrlFilter filter, Supplier<List<Listener>> listeners) {
    this(filter, listeners, (list, blocked) -> {});
  }

  /**
   * @param seen told of each list, on the watch's own thread, whether its canary is blocked
   */
  public CanaryWatch(
      UrlFilter filter, Supplier<List<Listener>> listeners, BiConsumer<String, Boolean> seen) {
    this.filter = filter;
    this.listeners = listeners;
    this.seen = seen;
  }

  /** From now on the canaries are asked for in such intervals, the first time at once. */
  public synchronized void every(Duration interval) {
    if (schedule != null) {
      schedule.cancel(false);
    }
    schedule =
        thread.scheduleWithFixedDelay(this::ask, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** For each list whether its canary was blocked when last asked for; none before the first. */
  @Nullable Map<String, Boolean> last() {
    return last;
  }

  private void ask() {
    Map<String, Boolean> blocked = new LinkedHashMap<>();
    List<CanaryProbe> probes =
        listeners.get().stream().map(CanaryProbe::new).filter(CanaryProbe::isAdmitted).toList();
    ListsInForce lists = ListsInForce.of(filter);
    for (ListPolicy list : lists.policies()) {
      if (ListsInForce.canBlock(list) && lists.isInstalled(list)) {
        for (CanaryProbe probe : probes) {
          if (filter.policy().holdsFor(list, probe.client())) {
            blocked.merge(list.list(), isBlocked(probe, list.list()), Boolean::logicalAnd);
          }
        }
      }
    }
    if (thread.isShutdown()) {
      return; // the gateway was closing while it was asked
    }
    blocked.forEach(this::tell);
    last = blocked;
  }

  private void tell(String list, boolean blocked) {
    Map<String, Boolean> before = last;
    seen.accept(list, blocked);
    boolean wasBlocked = before == null || before.getOrDefault(list, true);
    if (wasBlocked && !blocked) {
      LOG.error("list {}: its canary is not blocked (expected: a splash page)", list);
    } else if (!wasBlocked && blocked) {
      LOG.info("list {}: its canary is blocked again", list);
    }
  }

  private boolean isBlocked(CanaryProbe probe, String list) {
    OptionalInt status = probe.ask(list);
    if (status.isPresent()) {
      unanswered.remove(list);
      return CanaryProbe.isSplash(status);
    }
    Map<String, Boolean> before = last;
    int times = unanswered.merge(list, 1, Integer::sum);
    return times < UNANSWERED && before != null && before.getOrDefault(list, false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
