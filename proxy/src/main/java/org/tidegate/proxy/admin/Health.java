package org.tidegate.proxy.admin;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.admin.ListUpdate.Freshness;

/** Whether the gateway does what it is there for: several checks, each with its reason. */
public final class Health {
  /** What must hold for traffic to be sent here. A late list is an alarm, but still enforced. */
  private static final Set<String> READINESS = Set.of("gateway", "lists", "canary");

  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  private final HealthCheckRegistry checks = new HealthCheckRegistry();
  private volatile Phase phase = Phase.STARTING;

  /**
   * Checks of a gateway that is not yet running.
   *
   * @param updates what is known of a list's updates
   */
  public Health(UrlFilter filter, CanaryWatch canaries, Function<String, ListUpdate> updates) {
    register("gateway", this::gateway);
    register("lists", () -> lists(ListsInForce.of(filter)));
    register("canary", () -> canary(canaries.last()));
    register("freshness", () -> freshness(ListsInForce.of(filter), updates));
  }

  private void register(String name, Supplier<Result> check) {
    checks.register(
        name,
        new HealthCheck() {
          @Override
          protected Result check() {
            return check.get();
          }
        });
  }

  /** The listeners are open. */
  public void running() {
    phase = Phase.RUNNING;
  }

  /** The gateway is to stop: not ready from this moment on. */
  public void stopping() {
    phase = Phase.STOPPING;
  }

  private Result gateway() {
    return switch (phase) {
      case STARTING -> Result.unhealthy("starting");
      case STOPPING -> Result.unhealthy("stopping");
      case RUNNING -> Result.healthy();
    };
  }

  private static Result lists(ListsInForce lists) {
    if (!lists.isUsable()) {
      return Result.unhealthy("no usable list");
    }
    return lists.missing().isEmpty()
        ? Result.healthy()
        : Result.unhealthy("missing: " + String.join(", ", lists.missing()));
  }

  private static Result canary(@Nullable Map<String, Boolean> blocked) {
    if (blocked == null) {
      return Result.unhealthy("not asked yet");
    }
    List<String> not =
        blocked.keySet().stream().filter(list -> !blocked.getOrDefault(list, false)).toList();
    return not.isEmpty()
        ? Result.healthy()
        : Result.unhealthy("not blocked: " + String.join(", ", not));
  }

  private static Result freshness(ListsInForce lists, Function<String, ListUpdate> updates) {
    List<String> old =
        lists.policies().stream()
            .filter(policy -> updates.apply(policy.list()).freshness() != Freshness.FRESH)
            .map(p -> p.list() + " " + Series.word(updates.apply(p.list()).freshness()))
            .toList();
    return old.isEmpty() ? Result.healthy() : Result.unhealthy(String.join(", ", old));
  }

  /** Every check by its name, with what is wrong, or nothing if all is well. */
  SortedMap<String, String> all() {
    SortedMap<String, String> reasons = new TreeMap<>();
    checks
        .runHealthChecks()
        .forEach(
            (name, result) ->
                reasons.put(name, result.isHealthy() ? "" : String.valueOf(result.getMessage())));
    return reasons;
  }

  /** What keeps the gateway from being ready, check by check; nothing if it is. */
  SortedMap<String, String> notReady() {
    SortedMap<String, String> reasons = all();
    reasons.entrySet().removeIf(e -> !READINESS.contains(e.getKey()) || e.getValue().isEmpty());
    return reasons;
  }
}
