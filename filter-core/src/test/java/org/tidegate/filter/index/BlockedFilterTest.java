package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockedFilterTest {
  private static final long SEED = 20261125;
  private static final int KEYS = 100_000;

  /** What the class says of it. */
  @Test
  void candidatesAreAsManyAsItsSizeSays() {
    assertThat(candidates(12)).isBetween(0.010, 0.013);
    assertThat(candidates(8)).isBetween(0.031, 0.036);
  }

  @Test
  void aFilterOfManyKeysStaysBelowFourMegabytes() {
    assertThat(BlockedFilter.words(0)).isEqualTo(1);
    assertThat(BlockedFilter.words(1000)).isEqualTo(192);
    assertThat(8 * BlockedFilter.words(2_941_176)).isLessThan(4_000_000);
    assertThat(BlockedFilter.words(10_000_000)).isEqualTo(1_310_720);
  }

  private static double candidates(int bitsAKey) {
    SplittableRandom random = new SplittableRandom(SEED);
    int words = KEYS * bitsAKey / 64;
    BlockedFilter filter = new BlockedFilter(new byte[8 * words], 0, words);
    long[] keys = random.longs(KEYS).toArray();
    for (long key : keys) {
      filter.put(key);
    }
    for (long key : keys) {
      assertThat(filter.mightContain(key)).isTrue();
    }
    return random.longs(KEYS).filter(filter::mightContain).count() / (double) KEYS;
  }
}
