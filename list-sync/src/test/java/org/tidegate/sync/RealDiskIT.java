package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.tuf.ReasonCode;

/** A store on a file system of its own, which is filled and made read-only; needs root. */
@Tag("peers")
class RealDiskIT {
  @TempDir private Path directory;

  private Path disk;
  private SimulatedPublisher publisher;
  private UrlFilter filter;

  /** The first edition is enforced from a disk of 256 KiB. */
  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "old.example");
    filter = new UrlFilter(publisher.listKey());
    assertThat(updater().update(NOW)).isEqualTo(new Updated(1));
    publisher.publish(NOW, many());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void aFullDiskHoldsBackTheUpdateAndNothingElse() throws Exception {
    Path filler = disk.resolve("filler");
    Files.write(filler, new byte[200 * 1024]);
    ListUpdater updater = updater();
    updater.restore();
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.DISK_FULL));
    assertThat(updater.status(NOW).reason()).isEqualTo("disk-full");
    assertEnforced(1);
    assertThat(updater().restore()).contains(new Current(1));
    assertThat(disk.resolve("store/test").toFile().list()).noneMatch(f -> f.endsWith(".tmp"));
    Files.delete(filler);
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void aReadOnlyDiskHoldsBackTheUpdateAndNothingElse() throws Exception {
    run("mount", "-o", "remount,ro", disk.toString());
    ListUpdater updater = updater();
    assertThat(updater.restore()).contains(new Current(1));
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.READ_ONLY));
    assertThat(updater.status(NOW).reason()).isEqualTo("read-only");
    assertEnforced(1);
    run("mount", "-o", "remount,rw", disk.toString());
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
  }

  @Test
  void whatBelongsToAnotherUserIsNotUsed() throws Exception {
    assertThat(updater().update(NOW)).isEqualTo(new Updated(2));
    run("chown", "nobody", disk.resolve("store/test/edition.json").toString());
    filter = new UrlFilter(publisher.listKey());
    ListUpdater updater = updater();
    assertThat(updater.restore()).contains(new Refused(ReasonCode.WRONG_OWNER));
    assertEnforced(1);
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(updater().restore()).contains(new Current(2));
  }

  @Test
  void whatTheSuperuserWritesIsTheStoresOwners() throws Exception {
    Path store = Files.createDirectory(disk.resolve("nobodys"));
    run("chown", "nobody", store.toString());
    ListStore nobodys = new ListStore(store);
    ListUpdater updater = new ListUpdater(publisher.source(), nobodys, filter::install);
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    nobodys.pin(LIST, Optional.of(2L), "wrong block", NOW);
    try (Stream<Path> files = Files.walk(store)) {
      assertThat(files).hasSizeGreaterThan(7).allMatch(file -> owner(file).equals("nobody"));
    }
    assertThat(updater.update(NOW)).isEqualTo(new Refused(ReasonCode.PINNED));
  }

  private static String owner(Path file) {
    try {
      return Files.getOwner(file).getName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ListUpdater updater() throws IOException, PublishException {
    ListStore store = new ListStore(disk.resolve("store"));
    return new ListUpdater(publisher.source(), store, filter::install);
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }

  private static String[] many() {
    return IntStream.range(0, 3000).mapToObj(i -> "h" + i + ".example").toArray(String[]::new);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    Process process = new ProcessBuilder(all).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", all)).isZero();
  }
}
