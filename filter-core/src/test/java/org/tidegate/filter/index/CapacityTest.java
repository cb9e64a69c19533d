package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapacityTest {

  @Test
  void isThatNumberOrLittleMore() {
    for (long wanted = 1; wanted < 100_000; wanted++) {
      assertThat(Capacity.of(wanted)).isBetween(wanted, wanted + wanted / 16);
    }
    assertThat(Capacity.of(Integer.MAX_VALUE / 2 * 4L / 3)).isLessThan(Integer.MAX_VALUE);
  }

  @Test
  void hasSixteenStepsBetweenANumberAndItsDouble() {
    long steps = 0;
    for (long wanted = 1024; wanted < 2048; wanted++) {
      steps += Capacity.of(wanted) == wanted ? 1 : 0;
    }
    assertThat(steps).isEqualTo(16);
  }
}
