package org.tidegate.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.list.Scope;

class DistinctHitsTest {
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 1};
  private static final byte[] OTHER = {(byte) 192, 0, 2, 2};

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:15:00Z"));
  private final DistinctHits hits = new DistinctHits(now::get);

  private static Verdict.Blocked hit(String list, int entry) {
    return new Verdict.Blocked(list, 812, entry, Scope.PAGE);
  }

  @Test
  void theSameClientAndEntryCountOnceInAnHour() {
    assertThat(hits.isFirst(CLIENT, hit("iwf", 1))).isTrue();
    assertThat(hits.isFirst(CLIENT, hit("iwf", 1))).isFalse();
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(44)));
    assertThat(hits.isFirst(CLIENT, hit("iwf", 1))).isFalse();
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(1)));
    assertThat(hits.isFirst(CLIENT, hit("iwf", 1))).isTrue();
  }

  @Test
  void anotherClientListOrEntryIsAnotherHit() {
    assertThat(hits.isFirst(CLIENT, hit("iwf", 1))).isTrue();
    assertThat(hits.isFirst(OTHER, hit("iwf", 1))).isTrue();
    assertThat(hits.isFirst(CLIENT, hit("own", 1))).isTrue();
    assertThat(hits.isFirst(CLIENT, hit("iwf", 2))).isTrue();
    assertThat(hits.isFirst(null, hit("iwf", 1))).isTrue();
    assertThat(hits.isFirst(null, hit("iwf", 1))).isFalse();
  }

  @Test
  void manyHitsAreHardlyEverTakenForRepetitions() {
    int first = 0;
    for (int entry = 1; entry <= 100_000; entry++) {
      first += hits.isFirst(CLIENT, hit("iwf", entry)) ? 1 : 0;
    }
    assertThat(first).isGreaterThan(99_000);
  }
}
