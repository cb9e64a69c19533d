package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private static final long SEED = 20261126;
  private static final int KEYS = 5000;

  @Test
  void hasWhatWasAddedAndNothingElse() {
    SplittableRandom random = new SplittableRandom(SEED);
    fill(key -> random.nextLong());
  }

  /** All begin their search at the end of the table, and go on at its start. */
  @Test
  void keysThatWantOnePlaceAreAllThere() {
    fill(key -> key << 32 | 0x7FFF_FFFF);
  }

  @Test
  void zeroIsAKeyAsAnyOther() {
    KeySet keys = new KeySet();
    assertThat(keys.contains(0)).isFalse();
    assertThat(keys.isEmpty()).isTrue();

    assertThat(keys.add(0)).isTrue();
    assertThat(keys.add(0)).isFalse();

    assertThat(keys.contains(0)).isTrue();
    assertThat(keys.contains(1)).isFalse();
    assertThat(keys.isEmpty()).isFalse();
  }

  @Test
  void whatIsAskedAtOnceIsAnsweredAsOneByOne() {
    long[] asked = {0, 5, 5L << 32, 5L << 32 | 5, 6, -1};
    boolean[] answers = new boolean[asked.length];
    KeySet keys = new KeySet();
    keys.add(5L << 32 | 5); // in the place that 5 would have
    keys.add(5);

    keys.contains(asked, asked.length, answers);
    assertThat(answers).containsExactly(false, true, false, true, false, false);

    keys.add(0);
    keys.contains(asked, 1, answers);
    assertThat(answers[0]).isTrue();
  }

  @Test
  void countsTellWhatCameMoreOftenThanThat() {
    KeyCounts counts = new KeyCounts();
    for (long key : new long[] {7, -1, 7, 3, -1, 7, -1, 3, 5}) {
      counts.add(key);
    }

    assertThat(counts.above(2)).containsExactly(7, -1);
    assertThat(counts.above(3)).isEmpty();
    assertThat(counts.above(1)).containsExactly(3, 7, -1);
  }

  private static void fill(LongUnaryOperator key) {
    KeySet keys = new KeySet();
    long[] added = new long[KEYS];
    for (int i = 0; i < KEYS; i++) {
      added[i] = key.applyAsLong(i + 1);
      assertThat(keys.contains(added[i])).isFalse();
      assertThat(keys.add(added[i])).isTrue();
      assertThat(keys.add(added[i])).isFalse();
    }
    for (long one : added) {
      assertThat(keys.contains(one)).as("seed %d", SEED).isTrue();
    }
    assertThat(keys.isEmpty()).isFalse();
  }
}
