package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.ReasonCode;

/** What goes on by itself: updates after failures, and the ladder as time passes. */
class ListRefreshTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path directory;

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final List<UpdateOutcome> outcomes = new CopyOnWriteArrayList<>();
  private final List<Freshness> rungs = new CopyOnWriteArrayList<>();
  private SimulatedPublisher publisher;
  private UrlFilter filter;

  private final UpdateListener listener =
      new UpdateListener() {
        @Override
        public void updated(UpdateOutcome outcome, ListStatus status) {
          outcomes.add(outcome);
        }

        @Override
        public void aged(ListStatus status) {
          rungs.add(status.freshness());
        }
      };

  @BeforeEach
  void publish() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    filter = new UrlFilter(publisher.listKey());
  }

  @Test
  void whateverGoesWrongTheNextUpdateIsDue() throws IOException, PublishException {
    boolean[] fails = {true};
    ListUpdater updater =
        updater(
            list -> {
              if (fails[0]) {
                fails[0] = false;
                throw new StackOverflowError();
              }
              filter.install(list);
            });
    try (ListRefresh refresh = start(updater, Duration.ofMillis(20))) {
      await().until(() -> outcomes.size() > 1);
    }
    assertThat(outcomes.subList(0, 2))
        .containsExactly(new Refused(ReasonCode.INTERNAL), new Current(1));
    assertThat(filter.lists()).hasSize(1);
  }

  @Test
  void theListAgesByItselfWithoutANetworkAndTheClockMayBeSet()
      throws IOException, PublishException {
    ListUpdater updater = updater(filter::install);
    try (ListRefresh refresh = start(updater, LONG)) {
      await().until(() -> outcomes.equals(List.of(new Updated(1))));
      clock.set(NOW.plus(Duration.ofDays(8)));
      await().until(() -> rungs.equals(List.of(Freshness.EXPIRED)));
      assertThat(filter.lists()).hasSize(1);
      // It was ahead, and is put right.
      clock.set(NOW.plus(Duration.ofHours(1)));
      await().until(() -> rungs.equals(List.of(Freshness.EXPIRED, Freshness.FRESH)));
      // A year behind: what was seen later still counts.
      clock.set(NOW.minus(Duration.ofDays(365)));
      await().until(() -> rungs.size() == 3);
      assertThat(rungs.get(2)).isEqualTo(Freshness.LATE);
    }
    assertThat(outcomes).hasSize(1);
  }

  private ListUpdater updater(ListInstaller installer) throws IOException, PublishException {
    ListStore store = new ListStore(directory.resolve("store"), TestDisk.fast());
    return new ListUpdater(publisher.source(), store, installer);
  }

  private ListRefresh start(ListUpdater updater, Duration interval) {
    return ListRefresh.start(
        updater, new UpdateSchedule(interval, new Random(1)), clock::get, listener);
  }
}
