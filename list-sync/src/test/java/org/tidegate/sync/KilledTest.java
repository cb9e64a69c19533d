package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Role;
import org.tidegate.publish.TestPublishers;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.disk.TestDisk.Killed;

/** Publisher and gateway are killed between any two changes of the disk. */
class KilledTest {
  @TempDir Path directory;

  private interface Work {
    void on(SimulatedPublisher publisher) throws IOException, PublishException;
  }

  @Test
  void publishing() throws IOException, PublishException {
    kill(publisher -> publisher.publish(NOW, "other.example"), 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"ROOT", "TIMESTAMP"})
  void rotating(Role role) throws IOException, PublishException {
    kill(publisher -> publisher.rotate(role, NOW), 1);
  }

  @Test
  void initialising() throws IOException, PublishException {
    for (int steps = 0; ; steps++) {
      Path pub = directory.resolve("pub" + steps);
      boolean killed = true;
      try {
        TestPublishers.init(pub, NOW, TestDisk.killedAfter(steps));
        killed = false;
      } catch (Killed e) {
        TestPublishers.init(pub, NOW, TestDisk.fast());
      }
      SimulatedPublisher publisher = SimulatedPublisher.open(pub, TestDisk.fast());
      publisher.publish(NOW, "listed.example");
      assertThat(update(publisher.source(), fresh("store" + steps))).isEqualTo(new Updated(1));
      if (!killed) {
        assertThat(steps).isGreaterThan(20);
        return;
      }
    }
  }

  @Test
  void updating() throws IOException, PublishException {
    SimulatedPublisher publisher =
        SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    ListSource source = publisher.source();
    Path before = directory.resolve("before");
    update(source, new ListStore(before, TestDisk.fast()));
    publisher.rotate(Role.TIMESTAMP, NOW);
    publisher.publish(NOW, "other.example");
    List<Long> seen = new ArrayList<>();
    for (int steps = 0; ; steps++) {
      Path copy = directory.resolve("store" + steps);
      SimulatedPublisher.copy(before, copy);
      boolean killed = isKilled(source, new ListStore(copy, TestDisk.killedAfter(steps)));
      UrlFilter filter = new UrlFilter(source.keys().get(0));
      ListUpdater next =
          new ListUpdater(source, new ListStore(copy, TestDisk.fast()), filter::install);
      assertThat(next.restore()).as("after %d steps", steps).isPresent();
      assertThat(next.restore().orElseThrow().isGood()).as("after %d steps", steps).isTrue();
      seen.add(filter.lists().get(0).serial());
      assertThat(next.update(NOW).isGood()).isTrue();
      assertThat(filter.lists().stream().map(CompiledList::serial)).containsExactly(2L);
      try (var files = Files.list(copy.resolve("test"))) {
        assertThat(files).hasSize(6);
      }
      if (!killed) {
        break;
      }
    }
    assertThat(seen).isSorted().contains(1L, 2L);
  }

  private static boolean isKilled(ListSource source, ListStore store) {
    try {
      update(source, store);
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  /** Gateways, new ones and old ones, see the state before or the state after, and no other. */
  private void kill(Work work, long newSerial) throws IOException, PublishException {
    Path base = directory.resolve("base");
    SimulatedPublisher first = SimulatedPublisher.init(base).publish(NOW, "listed.example");
    ListSource source = first.source();
    Path old = directory.resolve("old");
    update(source, new ListStore(old, TestDisk.fast()));
    for (int steps = 0; ; steps++) {
      Path pub = directory.resolve("pub" + steps);
      SimulatedPublisher.copy(base, pub);
      TestDisk disk = TestDisk.killedAfter(steps);
      boolean killed = false;
      try {
        work.on(SimulatedPublisher.open(pub, disk));
      } catch (Killed e) {
        killed = true;
      }
      SimulatedPublisher after = SimulatedPublisher.open(pub, TestDisk.fast());
      ListSource seen =
          new ListSource(
              source.name(), after.repository(), source.trustedRoot(), source.keys().get(0));
      Path copy = directory.resolve("old" + steps);
      SimulatedPublisher.copy(old, copy);
      assertThat(update(seen, new ListStore(copy, TestDisk.fast())))
          .as("after %d steps", steps)
          .isIn(new Current(1), new Updated(newSerial));
      assertThat(update(seen, fresh("new" + steps)))
          .as("after %d steps", steps)
          .isIn(new Updated(1), new Updated(newSerial));
      work.on(after);
      after.publish(NOW, "third.example");
      assertThat(update(seen, new ListStore(copy, TestDisk.fast())))
          .as("after %d steps", steps)
          .isInstanceOf(Updated.class);
      if (!killed) {
        assertThat(steps).isGreaterThan(10);
        return;
      }
    }
  }

  private ListStore fresh(String name) {
    return new ListStore(directory.resolve(name), TestDisk.fast());
  }

  private static UpdateOutcome update(ListSource source, ListStore store) {
    return new ListUpdater(source, store, new UrlFilter(source.keys().get(0))::install).update(NOW);
  }
}
