package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySortTest {
  private static final int COUNT = 30_000;

  @Test
  void hashesAreSorted() {
    sorts(key -> key, key -> key);
  }

  @Test
  void entriesOfOneHostAreSorted() {
    sorts(key -> 7, key -> key);
    sorts(key -> -1, key -> key & 15);
  }

  @Test
  void keysThatAreNoHashesAreSorted() {
    sorts(key -> key & 255, key -> key >>> 50);
    sorts(key -> Long.MIN_VALUE | key & 1, key -> key & 1);
    sorts(key -> 0, key -> 0);
  }

  @Test
  void distinctKeysAscendWithoutSign() {
    long[] keys = {5, -1, 0, 5, Long.MIN_VALUE, -1, 99};

    assertThat(KeySort.distinct(keys, 6)).containsExactly(0, 5, Long.MIN_VALUE, -1);
  }

  @Test
  void manyKeysAreEachThereOnce() {
    distinct(key -> key);
    distinct(key -> key & 255);
    distinct(key -> key >>> 63 << 63 | key & 0xFFF);
  }

  private static void distinct(LongUnaryOperator kind) {
    long[] keys = new SplittableRandom(3).longs(COUNT).map(kind).toArray();
    Long[] expected =
        Arrays.stream(keys).boxed().distinct().sorted(Long::compareUnsigned).toArray(Long[]::new);

    assertThat(KeySort.distinct(keys, COUNT)).containsExactly(expected);
  }

  private static void sorts(LongUnaryOperator major, LongUnaryOperator minor) {
    SplittableRandom random = new SplittableRandom(1);
    long[] hosts = random.longs(COUNT).map(major).toArray();
    long[] rules = random.longs(COUNT).map(minor).toArray();
    long[] notes = IntStream.range(0, COUNT).asLongStream().toArray();
    long[][] expected =
        IntStream.range(0, COUNT)
            .mapToObj(i -> new long[] {hosts[i], rules[i]})
            .sorted(
                Comparator.comparing((long[] pair) -> pair[0], Long::compareUnsigned)
                    .thenComparing(pair -> pair[1], Long::compareUnsigned))
            .toArray(long[][]::new);
    long[] sortedHosts = hosts.clone();
    long[] sortedRules = rules.clone();

    new KeySort(sortedHosts, sortedRules, notes).sort(0, COUNT, 0);

    assertThat(sortedHosts).isEqualTo(Arrays.stream(expected).mapToLong(p -> p[0]).toArray());
    assertThat(sortedRules).isEqualTo(Arrays.stream(expected).mapToLong(p -> p[1]).toArray());
    for (int i = 0; i < COUNT; i++) {
      assertThat(hosts[(int) notes[i]]).isEqualTo(sortedHosts[i]);
      assertThat(rules[(int) notes[i]]).isEqualTo(sortedRules[i]);
    }
  }
}
