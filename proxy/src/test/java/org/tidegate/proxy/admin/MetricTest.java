package org.tidegate.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(tidegate_[a-z_]+)` \\| ([a-z]+) \\| ([^|]*)\\| ");

  @Test
  void theManualHasEveryMetricWithItsTypeAndLabels() throws IOException {
    String manual = Files.readString(Path.of("../docs/operating.md"));
    List<String> described =
        ROW.matcher(manual)
            .results()
            .map(m -> m.group(1) + " " + m.group(2) + " " + m.group(3).strip())
            .toList();

    assertThat(described).isEqualTo(Arrays.stream(Metric.values()).map(MetricTest::row).toList());
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return metric.text() + " " + metric.type().word() + " " + labels;
  }
}
