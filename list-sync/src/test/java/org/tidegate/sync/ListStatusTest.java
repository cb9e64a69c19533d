package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Lateness THREE_HOURS =
      new Lateness(Duration.ofHours(3), Optional.of(Duration.ofDays(2)));
  private static final Optional<ListStatus.Edition> EDITION =
      Optional.of(new ListStatus.Edition(7, 1, "key", NOW, NOW, NOW.plus(Duration.ofDays(3))));

  @Test
  void whatIsOutOfReachIsLateAfterItsTimeOnly() {
    StoredOutcome outcome = outcome("unreachable", "connect");
    assertThat(freshness(outcome, Duration.ofMinutes(179))).isEqualTo(Freshness.FRESH);
    assertThat(freshness(outcome, Duration.ofMinutes(180))).isEqualTo(Freshness.LATE);
  }

  @Test
  void whatIsRefusedIsLateAtOnce() {
    assertThat(freshness(outcome("refused", "tampered"), Duration.ZERO)).isEqualTo(Freshness.LATE);
  }

  @Test
  void anOldEditionIsLateAlthoughUpdatesAreGood() {
    StoredOutcome outcome = outcome("current", "");
    assertThat(freshness(outcome, Duration.ofHours(47))).isEqualTo(Freshness.FRESH);
    assertThat(freshness(outcome, Duration.ofHours(49))).isEqualTo(Freshness.LATE);
  }

  @Test
  void itIsExpiredWhateverTheLastOutcome() {
    assertThat(freshness(outcome("current", ""), Duration.ofDays(3))).isEqualTo(Freshness.EXPIRED);
  }

  @Test
  void withoutAnEditionThereIsNone() {
    assertThat(ListStatus.of("test", Optional.empty(), Optional.empty(), NOW).freshness())
        .isEqualTo(Freshness.NONE);
  }

  private static Freshness freshness(StoredOutcome outcome, Duration later) {
    return ListStatus.of("test", EDITION, Optional.of(outcome), NOW.plus(later)).freshness();
  }

  private static StoredOutcome outcome(String word, String reason) {
    return new StoredOutcome(word, reason, NOW, Optional.of(NOW), THREE_HOURS);
  }
}
