package org.tidegate.proxy.admin;

import com.codahale.metrics.Metric;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Times, kept with two digits in HdrHistograms. Recording never waits; safe for many threads. */
final class LatencyHistogram implements Metric {
  private static final long MOST_NANOS = 3_600_000_000_000L;

  private final Recorder recorder = new Recorder(1, MOST_NANOS, 2);
  private final Histogram total = new Histogram(1, MOST_NANOS, 2);
  private final LongAdder nanos = new LongAdder();
  private final double[] bounds;

  /**
   * Makes one.
   *
   * @param bounds the upper ends of its buckets in seconds, rising
   */
  LatencyHistogram(double... bounds) {
    this.bounds = bounds;
  }

  void record(long time) {
    long bounded = Math.max(1, Math.min(time, MOST_NANOS));
    recorder.recordValue(bounded);
    nanos.add(bounded);
  }

  /**
   * What was recorded until now.
   *
   * @param counts how many were at most as long as each bound
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reading(double[] bounds, long[] counts, long count, double sumSeconds) {}

  synchronized Reading read() {
    total.add(recorder.getIntervalHistogram());
    long[] counts = new long[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      counts[i] = total.getCountBetweenValues(0, Math.round(bounds[i] * 1e9));
    }
    return new Reading(bounds.clone(), counts, total.getTotalCount(), nanos.sum() / 1e9);
  }
}
