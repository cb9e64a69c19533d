package org.tidegate.app.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.tidegate.sync.Freshness;
import org.tidegate.sync.Lateness;
import org.tidegate.sync.ListStatus;

class AlarmsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123456Z");

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> counted = new CopyOnWriteArrayList<>();
  private final Alarms alarms = new Alarms(() -> NOW);

  /** Keeps what it takes. */
  private final Receiver receiver =
      new Receiver() {
        @Override
        public String word() {
          return "webhook";
        }

        @Override
        public void take(byte[] json) {
          taken.add(new String(json, UTF_8));
        }
      };

  private static ListStatus status(Freshness freshness, String reason) {
    var edition = new ListStatus.Edition(812, 9034, "0011", NOW, NOW, NOW);
    return new ListStatus(
        "iwf",
        freshness,
        freshness == Freshness.FRESH ? "" : reason.isEmpty() ? freshness.word() : reason,
        freshness == Freshness.NONE ? Optional.empty() : Optional.of(edition),
        reason.isEmpty() ? "current" : "refused",
        reason,
        Optional.of(NOW),
        Optional.of(NOW),
        Lateness.AT_ONCE,
        Optional.empty());
  }

  private void stands(Freshness freshness, String reason) {
    alarms.aged(status(freshness, reason));
  }

  private void awaitTaken(int count) {
    await().until(() -> taken.size() == count);
  }

  @Test
  void oneAlarmForEachChangeOfState() {
    alarms.tell(List.of(receiver), (to, outcome) -> counted.add(to + " " + outcome));
    stands(Freshness.FRESH, "");
    stands(Freshness.FRESH, "connect");
    stands(Freshness.LATE, "rollback");
    stands(Freshness.LATE, "rollback");
    stands(Freshness.LATE, "pinned");
    stands(Freshness.EXPIRED, "");
    stands(Freshness.FRESH, "");
    stands(Freshness.FRESH, "");
    awaitTaken(4);
    assertThat(taken.get(0))
        .isEqualTo(
            "{\"at\":\"2026-11-25T10:15:30.123Z\",\"before\":\"fresh\",\"event\":\"list\","
                + "\"format\":1,\"list\":\"iwf\",\"reason\":\"rollback\",\"serial\":812,"
                + "\"state\":\"late\"}");
    assertThat(taken.get(1)).contains("\"state\":\"late\"", "\"reason\":\"pinned\"");
    assertThat(taken.get(2)).contains("\"state\":\"expired\"", "\"reason\":\"expired\"");
    assertThat(taken.get(3)).contains("\"state\":\"fresh\"", "\"before\":\"expired\"");
    await().until(() -> counted.size() == 4);
    assertThat(counted).containsOnly("webhook delivered");
  }

  @Test
  void aListThatNeverWasSaysWhy() {
    alarms.tell(List.of(receiver), (to, outcome) -> {});
    stands(Freshness.NONE, "");
    stands(Freshness.NONE, "connect");
    awaitTaken(2);
    assertThat(taken.get(0)).contains("\"reason\":\"none\"").doesNotContain("serial");
    assertThat(taken.get(1)).contains("\"reason\":\"connect\"");
  }

  @Test
  void aCanaryIsAlarmedWhenItPassesAndWhenItIsBlockedAgain() {
    alarms.tell(List.of(receiver), (to, outcome) -> {});
    for (boolean blocked : new boolean[] {true, false, false, true}) {
      alarms.canary("iwf", blocked);
    }
    awaitTaken(2);
    assertThat(taken.get(0))
        .contains("\"event\":\"canary\"", "\"state\":\"not-blocked\"", "\"reason\":\"canary\"");
    assertThat(taken.get(1)).contains("\"state\":\"blocked\"", "\"reason\":\"\"");
  }

  @Test
  void whatIsTooMuchAtOnceIsDroppedAndNobodyWaits() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Receiver hanging =
        new Receiver() {
          @Override
          public String word() {
            return "command";
          }

          @Override
          public void take(byte[] json) throws InterruptedException {
            over.await();
          }
        };
    alarms.tell(List.of(hanging, receiver), (to, outcome) -> counted.add(to + " " + outcome));
    for (int i = 0; i < 400; i++) {
      alarms.canary("iwf", i % 2 == 1);
      int sent = i + 1;
      await().until(() -> taken.size() == sent);
    }
    assertThat(counted.stream().filter("command dropped"::equals).count()).isBetween(298L, 300L);
    over.countDown();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> counted.stream().filter("command delivered"::equals).count() >= 100);
  }
}
