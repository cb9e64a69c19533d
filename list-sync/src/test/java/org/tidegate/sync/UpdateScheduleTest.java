package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Unreachable;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Trouble;

class UpdateScheduleTest {
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final UpdateSchedule schedule = new UpdateSchedule(INTERVAL, new SplittableRandom(1));

  @Test
  void waitsTheIntervalGiveOrTake() {
    for (int i = 0; i < 1000; i++) {
      assertWithin(schedule.after(new Current(1)), INTERVAL);
    }
  }

  @Test
  void triesAgainSoonAndThenEverLaterUpToTheInterval() {
    long[] seconds = {30, 60, 120, 240, 480, 960, 1920, 3600, 3600};
    for (long wait : seconds) {
      assertWithin(schedule.after(new Unreachable(Trouble.TIMEOUT)), Duration.ofSeconds(wait));
    }
    for (int i = 0; i < 100; i++) {
      assertWithin(schedule.after(new Refused(ReasonCode.EXPIRED)), INTERVAL);
    }
    assertWithin(schedule.after(new Updated(2)), INTERVAL);
    assertWithin(schedule.after(new Unreachable(Trouble.CONNECT)), Duration.ofSeconds(30));
  }

  @Test
  void aShortIntervalIsTheLongestWait() {
    UpdateSchedule hasty = new UpdateSchedule(Duration.ofSeconds(2), new SplittableRandom(1));
    assertWithin(hasty.after(new Unreachable(Trouble.CONNECT)), Duration.ofSeconds(2));
  }

  @Test
  void gatewaysThatStartTogetherDriftApart() {
    Duration one = new UpdateSchedule(INTERVAL, new SplittableRandom(1)).after(new Current(1));
    Duration other = new UpdateSchedule(INTERVAL, new SplittableRandom(2)).after(new Current(1));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void refusesAnIntervalThatIsNone() {
    assertThatThrownBy(() -> new UpdateSchedule(Duration.ZERO, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  private static void assertWithin(Duration found, Duration expected) {
    assertThat((double) found.toNanos() / expected.toNanos()).isBetween(0.9, 1.1);
  }
}
