package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SortedKeysTest {
  private static final long SEED = 20261125;

  @Test
  void everyHashIsFoundAndNoOther() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int count : new int[] {0, 1, 2, 7, 8, 9, 12, 13, 100, 5000}) {
      search(count, i -> random.nextLong());
    }
  }

  /** No hash looks like these: the guess is always wrong. */
  @Test
  void keysThatAreNoHashesAreFoundToo() {
    search(1000, i -> i + 1);
    search(1000, i -> -1000 + i);
    search(1000, i -> i % 2 == 0 ? i : -i);
  }

  @Test
  void keysAreSortedOnlyIfEachIsAboveTheOneBefore() {
    assertThat(areSorted(3, 5, Long.MAX_VALUE, Long.MIN_VALUE, -1)).isTrue();
    assertThat(areSorted()).isTrue();
    assertThat(areSorted(5, 3)).isFalse();
    assertThat(areSorted(3, 3)).isFalse();
    assertThat(areSorted(-1, 1)).isFalse();
  }

  private static boolean areSorted(long... keys) {
    byte[] bytes = new byte[8 * keys.length];
    for (int i = 0; i < keys.length; i++) {
      LittleEndian.putLong(bytes, 8 * i, keys[i]);
    }
    return SortedKeys.areSorted(bytes, 0, keys.length);
  }

  private static void search(int count, LongUnaryOperator key) {
    Long[] keys = new Long[count];
    Arrays.setAll(keys, i -> key.applyAsLong(i));
    Arrays.sort(keys, Long::compareUnsigned);
    byte[] bytes = new byte[8 * count + 8];
    for (int i = 0; i < count; i++) {
      LittleEndian.putLong(bytes, 8 + 8 * i, keys[i]);
    }
    assertThat(SortedKeys.areSorted(bytes, 8, count)).isTrue();
    for (int i = 0; i < count; i++) {
      assertThat(SortedKeys.find(bytes, 8, count, keys[i])).as("seed %d", SEED).isEqualTo(i);
      long other = keys[i] ^ 0x5555_0000_0000_5555L;
      boolean there = Arrays.asList(keys).contains(other);
      assertThat(SortedKeys.find(bytes, 8, count, other) >= 0).isEqualTo(there);
    }
  }
}
