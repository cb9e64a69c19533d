package org.tidegate.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private final PrometheusText text = new PrometheusText();

  @Test
  void aFamilyStandsInOnePieceHoweverItsSeriesCome() {
    text.add(Metric.LIST_SERIAL, 812, "iwf");
    text.add(Metric.READY, 1);
    text.add(Metric.LIST_SERIAL, 7, "own");

    assertThat(text)
        .hasToString(
            """
            # HELP tidegate_ready Whether /ready says so.
            # TYPE tidegate_ready gauge
            tidegate_ready 1
            # HELP tidegate_list_serial The serial that is judged by.
            # TYPE tidegate_list_serial gauge
            tidegate_list_serial{list="iwf"} 812
            tidegate_list_serial{list="own"} 7
            """);
  }

  @Test
  void numbersAndLabelsAreReadAsTheyWereMeant() {
    text.add(Metric.BUILD_INFO, 1, "a\"b\\c", "d\ne");
    text.add(Metric.CPU_SECONDS_TOTAL, 0.25);
    text.add(Metric.LIST_SERIAL, 1_764_096_000_123L, "far");

    PrometheusCheck read = new PrometheusCheck(text.toString());
    assertThat(read.faults).isEmpty();
    assertThat(read.samples)
        .containsEntry("tidegate_build_info{version=\"a\\\"b\\\\c\",java=\"d\\ne\"}", 1.0)
        .containsEntry("tidegate_cpu_seconds_total", 0.25)
        .containsEntry("tidegate_list_serial{list=\"far\"}", 1_764_096_000_123.0);
  }

  @Test
  void aHistogramAddsUp() {
    LatencyHistogram histogram = new LatencyHistogram(1e-6, 1e-3, 1);
    for (long nanos : new long[] {-5, 500, 900, 20_000, 2_000_000, 5_000_000_000L}) {
      histogram.record(nanos);
    }
    text.add(Metric.JUDGEMENT_SECONDS, histogram.read());

    PrometheusCheck read = new PrometheusCheck(text.toString());
    assertThat(read.faults).isEmpty();
    assertThat(read.value("tidegate_judgement_seconds_bucket{le=\"1.0E-6\"}")).isEqualTo(3);
    assertThat(read.value("tidegate_judgement_seconds_bucket{le=\"0.001\"}")).isEqualTo(4);
    assertThat(read.value("tidegate_judgement_seconds_bucket{le=\"1\"}")).isEqualTo(5);
    assertThat(read.value("tidegate_judgement_seconds_count")).isEqualTo(6);
    assertThat(read.value("tidegate_judgement_seconds_sum")).isEqualTo(5.002021401);
  }

  @Test
  void aSeriesHasAValueForEveryLabel() {
    assertThatIllegalArgumentException().isThrownBy(() -> text.add(Metric.LIST_SERIAL, 1));
  }
}
