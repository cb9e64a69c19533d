package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HostTableTest {
  private static final long SEED = 20261126;
  private static final int HOSTS = 3000;

  private final long[] keys = keys();
  private final HostTable table = table();

  @Test
  void findsItsHostsAndNoOther() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int i = 0; i < keys.length; i++) {
      int at = table.find(keys[i]);
      assertThat(at).isPositive();
      assertThat(table.firstRule(at)).isEqualTo(i);
      assertThat(table.mightContain(keys[i])).isTrue();
      assertThat(table.hasRoot(keys[i])).isEqualTo(i % 2 == 0);
      assertThat(table.find(keys[i] + 1)).isEqualTo(-1);
      assertThat(table.hasRoot(keys[i] + 1)).isFalse();
    }
    for (int i = 0; i < HOSTS; i++) {
      assertThat(table.find(random.nextLong())).as("seed %d", SEED).isEqualTo(-1);
    }
  }

  /** Those whose home is empty or has a greater key. */
  @Test
  void aHomeAloneLeavesOutManyHosts() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    long candidates = random.longs(HOSTS).filter(table::mightContain).count();

    assertThat(candidates).isLessThan(HOSTS * 2L / 3);
  }

  /** At most two of 26 bits are set. */
  @Test
  void aSlotsFilterLeavesOutMostRules() {
    int at = table.find(keys[5]);
    SplittableRandom random = new SplittableRandom(SEED + 1);
    long candidates = random.longs(HOSTS).filter(rule -> table.mightContain(at, rule)).count();

    assertThat(table.mightContain(at, keys[5])).isTrue();
    assertThat(candidates).isLessThan(HOSTS / 50L);
  }

  @Test
  void zeroIsAKeyAsAnyOther() {
    byte[] bytes = new byte[3 * HostTable.SLOT];
    HostTable one = new HostTable(bytes, 0, 2, 2);

    assertThat(one.find(0)).isEqualTo(-1);
    assertThat(one.isTakenAt(0)).isFalse();

    one.put(0, 0, 0, HostTable.word(1, true, 0));

    assertThat(one.find(0)).isZero();
    assertThat(one.find(1)).isEqualTo(-1);
    assertThat(one.isTakenAt(0)).isTrue();
    assertThat(one.hasRoot(0)).isTrue();
    assertThat(one.isTakenAt(1)).isFalse();
  }

  private static long[] keys() {
    long[] keys = new SplittableRandom(SEED).longs(HOSTS).toArray();
    return KeySort.distinct(keys, keys.length);
  }

  /** As a compiler fills it: the first at an offset, each with a rule that is its own key. */
  private HostTable table() {
    int homes = HostTable.homes(HOSTS);
    int slots = homes + 100;
    HostTable made = new HostTable(new byte[8 + HostTable.SLOT * (slots + 1)], 8, homes, slots);
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      int slot = Math.max(next, HostTable.home(keys[i], homes));
      made.put(slot, keys[i], i, HostTable.word(1, i % 2 == 0, HostTable.filter(keys[i])));
      next = slot + 1;
    }
    return made;
  }
}
