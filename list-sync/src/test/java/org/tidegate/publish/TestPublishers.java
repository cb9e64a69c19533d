package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.disk.TestDisk;

/** Publishers on a test's disk, and what only a publisher gone bad would sign. */
public final class TestPublishers {
  private TestPublishers() {}

  public static Publisher init(Path directory, Instant now, Disk disk)
      throws IOException, PublishException {
    return Publisher.init(
        directory, Publisher.RootKeys.DEFAULT, Lifetimes.DEFAULT, null, now, disk);
  }

  public static Publisher open(Path directory, Disk disk) throws PublishException {
    return Publisher.open(directory, Lifetimes.DEFAULT, null, disk, Publisher.PATCHES_FROM);
  }

  /** One that makes patches of the shortest lists, too. */
  public static Publisher withPatches(Path directory) throws PublishException {
    return Publisher.open(directory, Lifetimes.DEFAULT, null, TestDisk.fast(), 0);
  }

  /** Signs these targets, whatever they are, with the publisher's keys. */
  public static void sign(Path directory, Map<String, byte[]> contents, Instant now)
      throws IOException, PublishException {
    Disk disk = TestDisk.fast();
    RepositoryFiles files = new RepositoryFiles(directory.resolve("repository"), disk);
    KeyFiles keys = new KeyFiles(directory.resolve("keys"), disk, null);
    PublishedState state = PublishedState.read(files);
    Map<String, TargetFile> targets = new HashMap<>();
    for (Map.Entry<String, byte[]> content : contents.entrySet()) {
      TargetFile target = TargetFile.of(content.getKey(), content.getValue());
      files.writeTarget(target, content.getValue());
      targets.put(target.path(), target);
    }
    new RepositorySigner(files, keys, Lifetimes.DEFAULT, now)
        .sign(state.root(), targets, state.timestampVersion() + 1);
  }
}
