package org.tidegate.proxy.admin;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The time series of a registry. A series is named by its metric and the values of its labels, in
 * order and set apart by {@value #SEPARATOR}, which stands in no value.
 */
final class Series {
  private static final String SEPARATOR = "|";

  private final MetricRegistry registry;

  Series(MetricRegistry registry) {
    this.registry = registry;
  }

  /** The counter of a series; made when it is first asked for. */
  Counter counter(Metric metric, String... values) {
    return registry.counter(name(metric, values));
  }

  /**
   * A counter for each word, there from the beginning, so that an alarm sees the first step.
   *
   * @param before the values of the labels before it
   */
  <E extends Enum<E>> Map<E, Counter> counters(Metric metric, Class<E> words, Enum<?>... before) {
    Map<E, Counter> all = new EnumMap<>(words);
    for (E value : requireNonNull(words.getEnumConstants())) {
      String[] values =
          Stream.concat(Arrays.stream(before), Stream.of(value))
              .map(Series::word)
              .toArray(String[]::new);
      all.put(value, counter(metric, values));
    }
    return all;
  }

  LatencyHistogram histogram(Metric metric, LatencyHistogram histogram) {
    return registry.register(name(metric), histogram);
  }

  static <E extends Enum<E>> void inc(Map<E, Counter> counters, E word) {
    requireNonNull(counters.get(word)).inc();
  }

  static <E extends Enum<E>> void dec(Map<E, Counter> counters, E word) {
    requireNonNull(counters.get(word)).dec();
  }

  /** Writes down every series. */
  void writeTo(PrometheusText text) {
    new TreeMap<>(registry.getMetrics())
        .forEach(
            (name, metric) -> {
              List<String> parts = Arrays.asList(name.split("\\" + SEPARATOR, -1));
              Metric which = Metric.valueOf(parts.get(0));
              List<String> values = parts.subList(1, parts.size());
              if (metric instanceof LatencyHistogram histogram) {
                text.add(which, histogram.read());
              } else if (metric instanceof Counter counter) {
                text.add(which, counter.getCount(), values.toArray(String[]::new));
              }
            });
  }

  private static String name(Metric metric, String... values) {
    return values.length == 0
        ? metric.name()
        : metric.name() + SEPARATOR + String.join(SEPARATOR, values);
  }

  /** A word as it stands in labels. */
  static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
