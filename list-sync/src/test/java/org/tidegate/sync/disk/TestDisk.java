package org.tidegate.sync.disk;

import java.nio.channels.FileChannel;

/**
 * A disk that does not wait for the hardware, and on which a process can be killed at the n-th
 * change: from then on nothing changes any more.
 */
public final class TestDisk extends Disk {

  /** The process was killed. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private int left;
  private int steps;

  private TestDisk(int left) {
    this.left = left;
  }

  public static TestDisk fast() {
    return new TestDisk(Integer.MAX_VALUE);
  }

  /** Lets that many changes happen, and no more. */
  public static TestDisk killedAfter(int steps) {
    return new TestDisk(steps);
  }

  /** How many changes were made. */
  public int steps() {
    return steps;
  }

  @Override
  protected void step() {
    if (left == 0) {
      throw new Killed();
    }
    left--;
    steps++;
  }

  @Override
  protected void sync(FileChannel channel) {}
}
