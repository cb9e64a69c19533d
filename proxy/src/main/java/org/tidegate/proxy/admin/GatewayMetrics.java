package org.tidegate.proxy.admin;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.Refusal;

/**
 * Counts what happens on the data path, in Dropwizard metrics. They last as long as the process,
 * whatever is reloaded. What a list covered is passed on to the log of blocks.
 */
public final class GatewayMetrics implements GatewayEvents {
  private static final double[] JUDGEMENT = {
    1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 1e-3, 1e-2, 1e-1
  };
  private static final double[] RESPONSE = {
    1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private final Series series = new Series(new MetricRegistry());
  private final BlockLog blocks;
  private final LatencyHistogram judgement =
      series.histogram(Metric.JUDGEMENT_SECONDS, new LatencyHistogram(JUDGEMENT));
  private final LatencyHistogram response =
      series.histogram(Metric.UPSTREAM_RESPONSE_SECONDS, new LatencyHistogram(RESPONSE));
  private final Map<ListenerKind, Map<Sight, Counter>> requests = new EnumMap<>(ListenerKind.class);
  private final Counter allowed = series.counter(Metric.VERDICTS_TOTAL, "allowed");
  private final Counter blocked = series.counter(Metric.VERDICTS_TOTAL, "blocked");
  private final Counter refused = series.counter(Metric.VERDICTS_TOTAL, "undecided-refused");
  private final Counter unjudged = series.counter(Metric.VERDICTS_TOTAL, "undecided-passed");
  private final Counter encrypted = series.counter(Metric.ENCRYPTED_HELLOS_TOTAL);
  private final Counter plain = series.counter(Metric.PLAIN_BLOCKS_TOTAL);
  private final Counter canaries = series.counter(Metric.CANARIES_TOTAL);
  private final Counter dropped = series.counter(Metric.BLOCK_EVENTS_DROPPED_TOTAL);
  private final Counter upstreams = series.counter(Metric.UPSTREAM_CONNECTIONS);
  private final Counter upstreamsOpened = series.counter(Metric.UPSTREAM_CONNECTIONS_TOTAL);
  private final Map<Refusal, Counter> refusals =
      series.counters(Metric.REFUSALS_TOTAL, Refusal.class);
  private final Map<Unserved, Counter> unserved =
      series.counters(Metric.UNSERVED_TOTAL, Unserved.class);
  private final Map<ServerName, Counter> names =
      series.counters(Metric.SERVER_NAMES_TOTAL, ServerName.class);
  private final Map<ListenerKind, Counter> clients =
      series.counters(Metric.CLIENT_CONNECTIONS, ListenerKind.class);
  private final Map<ListenerKind, Counter> clientsConnected =
      series.counters(Metric.CLIENT_CONNECTIONS_TOTAL, ListenerKind.class);
  private final Map<ListenerKind, Counter> turnedAway =
      series.counters(Metric.CLIENTS_TURNED_AWAY_TOTAL, ListenerKind.class);

  /** Metrics that begin at nothing; they tell the log of what lists covered. */
  public GatewayMetrics(BlockLog blocks) {
    this.blocks = blocks;
    for (ListenerKind listener : ListenerKind.values()) {
      requests.put(listener, series.counters(Metric.REQUESTS_TOTAL, Sight.class, listener));
    }
    blocks.countDistinctIn((list, mode) -> count(Metric.DISTINCT_BLOCKS_TOTAL, list, mode));
  }

  Series series() {
    return series;
  }

  @Override
  public void judged(Judged judged) {
    if (judged.canary()) {
      canaries.inc();
      return;
    }
    if (judged.plain()) {
      plain.inc();
    }
    judgement.record(judged.nanos());
    Series.inc(requireNonNull(requests.get(judged.listener())), judged.sight());
    Verdict verdict = judged.judgement().verdict();
    if (verdict instanceof Verdict.Blocked block) {
      blocked.inc();
      count(Metric.BLOCKS_TOTAL, block.list(), Mode.ENFORCE);
    } else if (verdict instanceof Verdict.Undecided) {
      (judged.judgement().passes() ? unjudged : refused).inc();
    } else {
      allowed.inc();
    }
    judged.judgement().observed().forEach(o -> count(Metric.BLOCKS_TOTAL, o.list(), Mode.OBSERVE));
    boolean covered =
        verdict instanceof Verdict.Blocked || !judged.judgement().observed().isEmpty();
    if (covered && !blocks.offer(judged)) {
      dropped.inc();
    }
  }

  private void count(Metric metric, String list, Mode mode) {
    series.counter(metric, list, mode.name().toLowerCase(Locale.ROOT)).inc();
  }

  /** One alarm more was delivered, or not. */
  public void alarm(String receiver, String outcome) {
    series.counter(Metric.ALARMS_TOTAL, receiver, outcome).inc();
  }

  @Override
  public void clientConnected(ListenerKind listener) {
    Series.inc(clientsConnected, listener);
    Series.inc(clients, listener);
  }

  @Override
  public void clientGone(ListenerKind listener) {
    Series.dec(clients, listener);
  }

  @Override
  public void clientTurnedAway(ListenerKind listener) {
    Series.inc(turnedAway, listener);
  }

  @Override
  public void refused(ListenerKind listener, Refusal refusal) {
    Series.inc(refusals, refusal);
  }

  @Override
  public void unserved(Unserved why) {
    Series.inc(unserved, why);
  }

  @Override
  public void answered(long nanos) {
    response.record(nanos);
  }

  @Override
  public void serverName(ServerName agreement) {
    Series.inc(names, agreement);
  }

  @Override
  public void helloEncrypted() {
    encrypted.inc();
  }

  @Override
  public void upstreamConnected() {
    upstreamsOpened.inc();
    upstreams.inc();
  }

  @Override
  public void upstreamGone() {
    upstreams.dec();
  }
}
