package org.tidegate.proxy.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format 0.0.4 of Prometheus to the letter, and for what its own checker warns of:
 * every family described, typed and in one piece, no series twice, counters that say so by their
 * name, histograms that add up.
 */
final class PrometheusCheck {
  private static final Pattern DESCRIPTION = Pattern.compile("# HELP ([a-z][a-z0-9_]*) (\\S.*\\S)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z][a-z0-9_]*)"
              + "(?:\\{([a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\""
              + "(?:,[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\")*)})?"
              + " (-?[0-9.]+(?:E-?[0-9]+)?)");

  final Map<String, Double> samples = new LinkedHashMap<>();
  final List<String> faults = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private String family = "";

  PrometheusCheck(String text) {
    if (!text.endsWith("\n")) {
      faults.add("the last line does not end");
    }
    text.lines().forEach(this::read);
    types.forEach(this::checkFamily);
  }

  double value(String series) {
    return samples.getOrDefault(series, Double.NaN);
  }

  private void read(String line) {
    Matcher described = DESCRIPTION.matcher(line);
    Matcher typed = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (described.matches()) {
      begin(described.group(1));
    } else if (typed.matches()) {
      if (!typed.group(1).equals(family) || types.put(family, typed.group(2)) != null) {
        faults.add("a type out of place: " + line);
      }
    } else if (sample.matches()) {
      sample(line, sample);
    } else {
      faults.add("no line of the format: " + line);
    }
  }

  private void begin(String next) {
    ended.add(family);
    family = next;
    if (ended.contains(next)) {
      faults.add("a family in two pieces: " + next);
    }
  }

  private void sample(String line, Matcher sample) {
    String type = types.getOrDefault(family, "none");
    String name = sample.group(1);
    boolean own =
        type.equals("histogram")
            ? name.matches(family + "_(bucket|sum|count)")
            : name.equals(family);
    if (!own) {
      faults.add("a sample out of place: " + line);
    }
    String series = line.substring(0, line.lastIndexOf(' '));
    if (samples.put(series, Double.valueOf(sample.group(3))) != null) {
      faults.add("a series twice: " + series);
    }
  }

  private void checkFamily(String name, String type) {
    if (type.equals("counter") != name.endsWith("_total")) {
      faults.add("a name unlike its type: " + name);
    }
    if (type.equals("histogram")) {
      double before = 0;
      for (Map.Entry<String, Double> sample : samples.entrySet()) {
        if (sample.getKey().startsWith(name + "_bucket{")) {
          if (sample.getValue() < before) {
            faults.add("buckets that fall: " + sample.getKey());
          }
          before = sample.getValue();
        }
      }
      if (before != value(name + "_count") || value(name + "_bucket{le=\"+Inf\"}") != before) {
        faults.add("buckets that do not add up: " + name);
      }
    }
  }
}
