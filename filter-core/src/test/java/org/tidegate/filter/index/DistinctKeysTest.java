package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistinctKeysTest {

  @Test
  void countsEachKeyOnce() {
    assertThat(count(100_000, 1)).isBetween(98_000, 100_000);
    assertThat(count(100_000, 3)).isBetween(98_000, 102_000);
    assertThat(count(1_000, 16)).isBetween(950, 1_050);
    assertThat(count(1, 16)).isEqualTo(1);
  }

  @Test
  void neverMoreThanCame() {
    assertThat(count(3, 1)).isBetween(1, 3);
    assertThat(new DistinctKeys(0).count()).isEqualTo(1);
  }

  private static int count(int keys, int times) {
    DistinctKeys counted = new DistinctKeys(keys * times);
    for (int time = 0; time < times; time++) {
      SplittableRandom random = new SplittableRandom(5);
      for (int i = 0; i < keys; i++) {
        counted.add(random.nextLong());
      }
    }
    return counted.count();
  }
}
