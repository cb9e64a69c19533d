package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tidegate.filter.index.ListHeader.CROWDED;
import static org.tidegate.filter.index.ListHeader.HOSTS;
import static org.tidegate.filter.index.ListHeader.ROOTS;
import static org.tidegate.filter.index.ListHeader.ROOT_FILTER;
import static org.tidegate.filter.index.ListHeader.RULES;
import static org.tidegate.filter.index.ListHeader.RULE_FILTER;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.index.ListFormatException.Reason;

/** Tables that no compiler makes, under right checksums. */
class HostileListTest {
  private static final int ROOT_COUNT = 108;
  private static final int CROWDED_COUNT = 112;

  /** Hosts of one rule, and one of more than its slot has room for. */
  private final byte[] good =
      TestLists.compilation(
              TestLists.KEY,
              "hostile",
              Stream.concat(
                      Stream.concat(
                          IntStream.range(0, 50).mapToObj(i -> "h" + i + ".example/"),
                          IntStream.range(0, 50).mapToObj(i -> "www.h" + i + ".test/")),
                      IntStream.range(0, 13).mapToObj(i -> "many.example/" + i))
                  .toArray(String[]::new))
          .bytes();

  @Test
  void aFilterMayHaveSeenMore() throws ListFormatException {
    assertThat(CompiledList.open(edited(list -> {})).entries()).isEqualTo(113);
  }

  @Test
  void anEmptySlotHasNothingButTheNextRule() {
    int empty = slot(false, true);

    refused(list -> list.word(HOSTS, empty, 1));
    refused(list -> list.word(HOSTS, empty + 1, list.word(HOSTS, empty + 1) | 1L << 60));
    refused(list -> list.word(HOSTS, empty + 1, list.word(HOSTS, empty + 1) | 1L << 37));
    refused(list -> list.word(HOSTS, empty + 1, list.word(HOSTS, empty + 1) + 1));
  }

  @Test
  void aHostHasOnePlace() {
    int host = slot(true, false);

    refused(
        list -> {
          list.word(HOSTS, host + 2, list.word(HOSTS, host));
          list.word(HOSTS, host + 3, list.word(HOSTS, host + 1));
          list.word(HOSTS, host, 0);
          list.word(HOSTS, host + 1, (int) list.word(HOSTS, host + 1));
        });
  }

  @Test
  void hostsAscendEachOnce() {
    int host = slot(true, true);

    refused(list -> list.word(HOSTS, host + 2, list.word(HOSTS, host) - 1));
    refused(list -> list.word(HOSTS, host + 2, list.word(HOSTS, host)));
  }

  @Test
  void everyHostHasRules() {
    int host = slot(true, true);

    refused(
        list -> {
          int rule = (int) list.word(HOSTS, host + 1);
          long[] two = {list.word(RULES, rule), list.word(RULES, rule + 1)};
          boolean ascend = Long.compareUnsigned(two[0], two[1]) < 0;
          list.word(RULES, rule, two[ascend ? 0 : 1]);
          list.word(RULES, rule + 1, two[ascend ? 1 : 0]);
          long high = list.word(HOSTS, host + 1) | list.word(HOSTS, host + 3);
          list.word(HOSTS, host + 1, list.word(HOSTS, host + 1) & (1L << 38) - 1);
          list.word(HOSTS, host + 3, high >>> 32 << 32 | rule);
        });
  }

  @Test
  void rulesEndWithTheTable() {
    int end = new EditedList(good).words(HOSTS) - 2;

    for (int index : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refused(list -> list.word(HOSTS, end + 1, index & 0xFFFF_FFFFL));
    }
    refused(list -> list.word(HOSTS, end, 1));
    refused(list -> list.word(HOSTS, end + 1, list.word(HOSTS, end + 1) | 1L << 60));
  }

  @Test
  void rulesOfAHostAscendEachOnce() {
    int rule = (int) new EditedList(good).word(HOSTS, manyRules() + 1);

    refused(
        list -> {
          long first = list.word(RULES, rule);
          list.word(RULES, rule, list.word(RULES, rule + 1));
          list.word(RULES, rule + 1, first);
        });
  }

  @Test
  void everyRuleIsInItsFilters() {
    int host = slot(true, true);

    refused(list -> list.word(HOSTS, host + 1, list.word(HOSTS, host + 1) ^ 1L << 38));
    refused(list -> list.word(HOSTS, host + 1, list.word(HOSTS, host + 1) ^ 1L << 63));
    refused(list -> list.fill(RULE_FILTER, 0));
  }

  @Test
  void hostsAreCounted() {
    int hosts = new EditedList(good).count(104);
    assertThat(HostTable.homes(hosts + 1)).isEqualTo(HostTable.homes(hosts));

    refused(list -> list.count(104, hosts + 1));
  }

  @Test
  void noSlotFollowsTheLast() {
    refused(
        list -> {
          int end = list.words(HOSTS);
          list.resize(HOSTS, end + 2);
          list.word(HOSTS, end + 1, list.word(HOSTS, end - 1));
        });
    refused(list -> list.resize(HOSTS, list.words(HOSTS) + 1));
    refused(list -> list.resize(HOSTS, 2));
  }

  @Test
  void rootsAscendAndAreCounted() {
    refused(list -> list.word(ROOTS, 1, list.word(ROOTS, 0)));
    refused(list -> list.word(ROOTS, 0, -1));
    for (int more : new int[] {-1, 1}) {
      refused(
          list -> {
            list.count(ROOT_COUNT, list.count(ROOT_COUNT) + more);
            fitRootFilter(list, list.count(ROOT_COUNT));
          });
    }
  }

  @Test
  void everyRootIsInTheFilter() {
    EditedList parts = new EditedList(good);
    long unlisted = parts.word(ROOTS, 0);
    long listed =
        IntStream.iterate(0, slot -> slot + 2)
            .filter(slot -> (parts.word(HOSTS, slot + 1) & 1L << 37) != 0)
            .mapToLong(slot -> parts.word(HOSTS, slot))
            .findFirst()
            .orElseThrow();

    for (long root : new long[] {unlisted, listed}) {
      refused(list -> unsee(list, root));
    }
  }

  @Test
  void thereAreNoMoreRootsThanHosts() {
    refused(
        list -> {
          int roots = list.count(104) + 1;
          int listed = list.count(ROOT_COUNT) - list.words(ROOTS);
          list.count(ROOT_COUNT, roots);
          list.resize(ROOTS, roots - listed);
          for (int i = 0; i < list.words(ROOTS); i++) {
            list.word(ROOTS, i, 1 + i);
          }
          fitRootFilter(list, roots);
        });
  }

  @Test
  void crowdedSuffixesAscendAndAreInTheFilter() throws ListFormatException {
    assertThat(CompiledList.open(edited(list -> crowd(list, 1, 2))).entries()).isEqualTo(113);
    refused(list -> crowd(list, 2, 1));
    refused(list -> crowd(list, 1, 1));
    for (long missing : new long[] {1, 2}) {
      refused(
          list -> {
            crowd(list, 1, 2);
            unsee(list, missing);
          });
    }
  }

  @Test
  void aSectionIsAsLongAsItsCountSays() {
    for (int section : new int[] {RULES, ROOT_FILTER, RULE_FILTER, CROWDED}) {
      refused(
          list -> {
            list.resize(section, list.words(section) + 1);
            list.fill(ROOT_FILTER, -1);
          });
    }
  }

  private static void crowd(EditedList list, long... keys) {
    list.resize(CROWDED, keys.length);
    for (int i = 0; i < keys.length; i++) {
      list.word(CROWDED, i, keys[i]);
    }
    list.count(CROWDED_COUNT, keys.length);
    fitRootFilter(list, list.count(ROOT_COUNT) + keys.length);
  }

  private static void fitRootFilter(EditedList list, int keys) {
    list.resize(ROOT_FILTER, BlockedFilter.words(keys));
    list.fill(ROOT_FILTER, -1);
  }

  /** Takes one bit of that key from the root filter, and no other bit of its word. */
  private static void unsee(EditedList list, long key) {
    int word = (int) ((key >>> 32) * list.words(ROOT_FILTER) >>> 32);
    list.word(ROOT_FILTER, word, ~(1L << key));
  }

  /** The first word of a slot with a host or without, before one with a host or without. */
  private int slot(boolean taken, boolean next) {
    EditedList list = new EditedList(good);
    return IntStream.iterate(0, slot -> slot + 2)
        .filter(slot -> list.word(HOSTS, slot) != 0 == taken)
        .filter(slot -> list.word(HOSTS, slot + 2) != 0 == next)
        .filter(slot -> slot != manyRules() && slot + 2 != manyRules())
        .findFirst()
        .orElseThrow();
  }

  private int manyRules() {
    EditedList list = new EditedList(good);
    return IntStream.iterate(0, slot -> slot + 2)
        .filter(slot -> (int) list.word(HOSTS, slot + 3) - (int) list.word(HOSTS, slot + 1) > 12)
        .findFirst()
        .orElseThrow();
  }

  private void refused(Consumer<EditedList> change) {
    byte[] bytes = edited(change);
    assertThat(bytes).isNotEqualTo(edited(list -> {}));
    assertThatThrownBy(() -> CompiledList.open(bytes))
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STRUCTURE));
  }

  /** A filter may have seen more than there is: it has, so that roots may be changed one by one. */
  private byte[] edited(Consumer<EditedList> change) {
    EditedList list = new EditedList(good);
    list.fill(ROOT_FILTER, -1);
    change.accept(list);
    return list.bytes();
  }
}
