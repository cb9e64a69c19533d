package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Unreachable;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Trouble;

/** Every rung, up and down, as time passes, jumps, and stands still. */
class StalenessLadderTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final UpdateRules RULES =
      new UpdateRules(new Lateness(HOUR.multipliedBy(3), Optional.of(DAY.multipliedBy(2))), false);

  @TempDir private Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;
  private boolean isDown;
  private ListUpdater updater;

  @BeforeEach
  void publish() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    filter = new UrlFilter(publisher.listKey());
    updater = restarted();
  }

  @Test
  void noneUntilTheFirstEdition() {
    assertThat(at(NOW)).isEqualTo(Freshness.NONE);
    isDown = true;
    assertThat(updater.update(NOW)).isEqualTo(new Unreachable(Trouble.CONNECT));
    assertThat(at(NOW)).isEqualTo(Freshness.NONE);
    isDown = false;
    assertThat(updater.update(NOW)).isEqualTo(new Updated(1));
    assertThat(at(NOW)).isEqualTo(Freshness.FRESH);
  }

  @Test
  void freshThenLateThenExpiredAndBackAtOnce() throws IOException, PublishException {
    updater.update(NOW);
    isDown = true;
    updater.update(NOW.plus(HOUR));
    assertThat(at(NOW.plus(HOUR.multipliedBy(2)))).isEqualTo(Freshness.FRESH);
    assertThat(at(NOW.plus(HOUR.multipliedBy(3)))).isEqualTo(Freshness.LATE);
    assertThat(at(NOW.plus(DAY.multipliedBy(7)))).isEqualTo(Freshness.EXPIRED);
    assertEnforced(1);
    isDown = false;
    Instant later = NOW.plus(DAY.multipliedBy(8));
    publisher.publish(later, "listed.example", "other.example");
    assertThat(updater.update(later)).isEqualTo(new Updated(2));
    assertThat(at(later)).isEqualTo(Freshness.FRESH);
  }

  @Test
  void lateWhereEditionsAreMissed() throws IOException, PublishException {
    updater.update(NOW);
    Instant later = NOW.plus(DAY.multipliedBy(3));
    publisher.refresh(later);
    assertThat(updater.update(later)).isEqualTo(new Current(1));
    assertThat(at(later)).isEqualTo(Freshness.LATE);
    assertThat(updater.status(later).cause()).isEqualTo("no-edition");
  }

  @Test
  void aYearSwitchedOff() throws IOException, PublishException {
    updater.update(NOW);
    Instant later = NOW.plus(DAY.multipliedBy(364));
    updater = restarted();
    assertThat(updater.restore()).contains(new Current(1));
    assertEnforced(1);
    assertThat(at(later)).isEqualTo(Freshness.EXPIRED);
    assertThat(updater.update(later)).isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertEnforced(1);
    // The publisher has gone on, and has a new root by now.
    publisher.rotate(Role.ROOT, later);
    publisher.publish(later, "other.example");
    assertThat(updater.update(later.plus(DAY.multipliedBy(2)))).isEqualTo(new Updated(2));
    assertThat(at(later.plus(DAY.multipliedBy(2)))).isEqualTo(Freshness.FRESH);
    assertEnforced(2);
  }

  @Test
  void aClockAheadRefusesUntilItIsRight() throws IOException, PublishException {
    updater.update(NOW);
    Instant ahead = NOW.plus(DAY.multipliedBy(4000));
    assertThat(updater.update(ahead)).isEqualTo(new Refused(ReasonCode.EXPIRED));
    assertThat(at(ahead)).isEqualTo(Freshness.EXPIRED);
    assertEnforced(1);
    assertThat(updater.update(NOW.plus(HOUR))).isEqualTo(new Current(1));
    assertThat(at(NOW.plus(HOUR))).isEqualTo(Freshness.FRESH);
  }

  @Test
  void aClockBehindIsLateAndTrustsNothingExpired() throws IOException, PublishException {
    updater.update(NOW);
    Instant behind = NOW.minus(DAY.multipliedBy(4000));
    assertThat(at(behind)).isEqualTo(Freshness.LATE);
    assertThat(updater.status(behind).cause()).isEqualTo("clock");
    publisher.publish(NOW.plus(HOUR), "other.example");
    assertThat(updater.update(behind)).isEqualTo(new Updated(2));
    assertThat(at(behind)).isEqualTo(Freshness.LATE);
    assertThat(updater.update(NOW.plus(HOUR))).isEqualTo(new Current(2));
    assertThat(at(NOW.plus(HOUR))).isEqualTo(Freshness.FRESH);
    assertEnforced(2);
  }

  private Freshness at(Instant time) {
    return updater.status(time).freshness();
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }

  private ListUpdater restarted() throws IOException, PublishException {
    Repository real = publisher.repository();
    Repository repository =
        path -> {
          if (isDown) {
            throw new RepositoryException(Trouble.CONNECT);
          }
          return real.open(path);
        };
    return new ListUpdater(
        new ListSource(LIST, repository, publisher.trustedRoot(), publisher.listKey()),
        RULES,
        new ListStore(directory.resolve("store"), TestDisk.fast()),
        filter::install);
  }
}
