package org.tidegate.proxy.admin;

import java.util.EnumMap;
import java.util.Map;

/** Metrics in the text format 0.0.4 of Prometheus, each with all its series. For one thread. */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<Metric, StringBuilder> lines = new EnumMap<>(Metric.class);

  /** Adds a series with the values of its labels, in the metric's order. */
  void add(Metric metric, double value, String... values) {
    line(metric, metric.text(), labels(metric, values), value);
  }

  /** Adds a histogram. */
  void add(Metric metric, LatencyHistogram.Reading reading) {
    String bucket = metric.text() + "_bucket";
    for (int i = 0; i < reading.bounds().length; i++) {
      line(metric, bucket, "{le=\"" + number(reading.bounds()[i]) + "\"}", reading.counts()[i]);
    }
    line(metric, bucket, "{le=\"+Inf\"}", reading.count());
    line(metric, metric.text() + "_sum", "", reading.sumSeconds());
    line(metric, metric.text() + "_count", "", reading.count());
  }

  private void line(Metric metric, String name, String labels, double value) {
    lines
        .computeIfAbsent(metric, PrometheusText::heading)
        .append(name)
        .append(labels)
        .append(' ')
        .append(number(value))
        .append('\n');
  }

  private static StringBuilder heading(Metric metric) {
    return new StringBuilder()
        .append("# HELP ")
        .append(metric.text())
        .append(' ')
        .append(metric.description())
        .append("\n# TYPE ")
        .append(metric.text())
        .append(' ')
        .append(metric.type().word())
        .append('\n');
  }

  private static String labels(Metric metric, String... values) {
    if (values.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          values.length + " values (expected: " + metric.labels() + ")");
    }
    if (values.length == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "{" : ",").append(metric.labels().get(i)).append("=\"");
      text.append(escaped(values[i])).append('"');
    }
    return text.append('}').toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    return String.join("", lines.values());
  }
}
