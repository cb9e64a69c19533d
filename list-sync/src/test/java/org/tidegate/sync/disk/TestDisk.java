package org.tidegate.sync.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A disk that does not wait for the hardware, and on which a process can be killed at the n-th
 * change: from then on nothing changes any more.
 */
public final class TestDisk extends Disk {

  /** The process was killed. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final @Nullable IOException failure;
  private int left;
  private int steps;

  private TestDisk(int left, @Nullable IOException failure) {
    this.left = left;
    this.failure = failure;
  }

  public static TestDisk fast() {
    return new TestDisk(Integer.MAX_VALUE, null);
  }

  /** Lets that many changes happen, and no more. */
  public static TestDisk killedAfter(int steps) {
    return new TestDisk(steps, null);
  }

  /** Lets that many changes happen, and then fails so. */
  public static TestDisk failingAfter(int steps, IOException failure) {
    return new TestDisk(steps, failure);
  }

  /** How many changes were made. */
  public int steps() {
    return steps;
  }

  @Override
  protected void step() throws IOException {
    if (left == 0 && failure != null) {
      throw failure;
    }
    if (left == 0) {
      throw new Killed();
    }
    left--;
    steps++;
  }

  @Override
  protected void sync(FileChannel channel) {}
}
