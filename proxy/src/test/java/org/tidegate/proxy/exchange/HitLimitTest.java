package org.tidegate.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.list.Scope;

class HitLimitTest {
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 1};
  private static final byte[] ANOTHER = {(byte) 192, 0, 2, 2};

  private final AtomicLong now = new AtomicLong();
  private final HitLimit limit = new HitLimit(3, now::get);

  private static Verdict.Blocked hit(int entry) {
    return new Verdict.Blocked("list", 7, entry, Scope.PAGE);
  }

  private void find(int count) {
    for (int entry = 1; entry <= count; entry++) {
      assertThat(limit.isExceeded(CLIENT, hit(entry))).as("entry " + entry).isEqualTo(entry > 3);
    }
  }

  @Test
  void belowNoneThereIsNoLimit() {
    assertThatThrownBy(() -> new HitLimit(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void soManyDifferentEntriesAreAnsweredAsEver() {
    find(10);
  }

  @Test
  void anEntryCountsOnceAndStaysKnown() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.isExceeded(CLIENT, hit(1))).isFalse();
    }
    find(10);
    assertThat(limit.isExceeded(CLIENT, hit(2))).isFalse();
  }

  @Test
  void listsAndSerialsTellEntriesApart() {
    find(2);
    assertThat(limit.isExceeded(CLIENT, new Verdict.Blocked("other", 7, 1, Scope.PAGE))).isFalse();
    assertThat(limit.isExceeded(CLIENT, new Verdict.Blocked("list", 8, 1, Scope.PAGE))).isTrue();
  }

  @Test
  void othersAreNotAffected() {
    find(10);
    assertThat(limit.isExceeded(ANOTHER, hit(10))).isFalse();
  }

  @Test
  void addressesOfOneIpv6NetworkAreOneClient() {
    byte[] one = new byte[16];
    byte[] other = new byte[16];
    one[0] = other[0] = 0x20;
    other[15] = 1;
    for (int entry = 1; entry <= 3; entry++) {
      assertThat(limit.isExceeded(one, hit(entry))).isFalse();
    }
    assertThat(limit.isExceeded(other, hit(4))).isTrue();
    other[7] = 1;
    assertThat(limit.isExceeded(other, hit(4))).isFalse();
  }

  @Test
  void anHourAfterTheFirstAllBeginsAnew() {
    find(3);
    now.addAndGet(Duration.ofMinutes(59).toNanos());
    assertThat(limit.isExceeded(CLIENT, hit(4))).isTrue();
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    find(10);
  }

  @Test
  void anotherLimitHoldsForWhatWasFoundBefore() {
    find(10);
    assertThat(limit.of(4).isExceeded(CLIENT, hit(9))).isFalse();
    assertThat(limit.of(2).isExceeded(CLIENT, hit(3))).isTrue();
    assertThat(limit.of(0).isExceeded(CLIENT, hit(11))).isFalse();
  }

  @Test
  void whoseAddressIsNotKnownIsNotLimited() {
    for (int entry = 1; entry <= 10; entry++) {
      assertThat(limit.isExceeded(null, hit(entry))).isFalse();
    }
  }
}
