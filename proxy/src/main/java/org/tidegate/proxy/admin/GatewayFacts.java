package org.tidegate.proxy.admin;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.list.Scope;
import org.tidegate.proxy.admin.ListUpdate.Freshness;

/**
 * What can be said of a gateway at any moment.
 *
 * @param inspected whether the content of TLS is seen
 */
public record GatewayFacts(
    String version,
    InstantSource clock,
    UrlFilter filter,
    GatewayMetrics metrics,
    CanaryWatch canaries,
    Function<String, ListUpdate> updates,
    BooleanSupplier inspected) {

  void writeTo(PrometheusText text) {
    text.add(Metric.BUILD_INFO, 1, version, Runtime.version().toString());
    metrics.series().writeTo(text);
    writeProcess(text);
    ListsInForce lists = ListsInForce.of(filter);
    for (ListPolicy policy : lists.policies()) {
      text.add(
          Metric.LIST_INSTALLED,
          lists.isInstalled(policy) ? 1 : 0,
          policy.list(),
          Series.word(policy.kind()),
          Series.word(policy.mode()));
      writeUpdate(text, policy.list());
      lists.find(policy.list()).ifPresent(list -> writeList(text, list));
    }
    Map<String, Boolean> asked = canaries.last();
    if (asked != null) {
      asked.forEach((list, blocked) -> text.add(Metric.LIST_CANARY_BLOCKED, blocked ? 1 : 0, list));
    }
  }

  private static void writeProcess(PrometheusText text) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    text.add(Metric.MEMORY_USED_BYTES, memory.getHeapMemoryUsage().getUsed(), "heap");
    text.add(Metric.MEMORY_USED_BYTES, memory.getNonHeapMemoryUsage().getUsed(), "non-heap");
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    text.add(Metric.START_TIME_SECONDS, started / 1000.0);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used -> text.add(Metric.CPU_SECONDS_TOTAL, used.toMillis() / 1000.0));
  }

  private void writeUpdate(PrometheusText text, String list) {
    ListUpdate update = updates.apply(list);
    update
        .lastSuccess()
        .ifPresent(at -> text.add(Metric.LIST_LAST_SUCCESS_TIMESTAMP_SECONDS, seconds(at), list));
    for (Freshness freshness : Freshness.values()) {
      text.add(
          Metric.LIST_FRESHNESS,
          update.freshness() == freshness ? 1 : 0,
          list,
          Series.word(freshness));
    }
  }

  private void writeList(PrometheusText text, CompiledList list) {
    text.add(Metric.LIST_SERIAL, list.serial(), list.name());
    for (Scope scope : Scope.values()) {
      text.add(Metric.LIST_ENTRIES, list.entries(scope), list.name(), Series.word(scope));
    }
    Coverage coverage = Coverage.of(list, inspected.getAsBoolean());
    text.add(Metric.LIST_ENFORCEABLE_ENTRIES, coverage.http(), list.name(), "http");
    text.add(Metric.LIST_ENFORCEABLE_ENTRIES, coverage.https(), list.name(), "https");
    text.add(Metric.LIST_CREATED_TIMESTAMP_SECONDS, seconds(list.created()), list.name());
    double age = Math.max(0, seconds(clock.instant()) - seconds(list.created()));
    text.add(Metric.LIST_AGE_SECONDS, age, list.name());
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }
}
