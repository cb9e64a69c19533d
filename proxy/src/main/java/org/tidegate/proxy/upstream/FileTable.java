package org.tidegate.proxy.upstream;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files this process may have open, and what they are kept for. */
public final class FileTable {
  private static final long SIZE =
      ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
          ? unix.getMaxFileDescriptorCount()
          : Long.MAX_VALUE;

  /** One in so many is for pipes. */
  private static final int SHARE = 8;

  private static final int MOST_FOR_PIPES = 1024;

  private FileTable() {}

  /** Files in all. */
  public static long size() {
    return SIZE;
  }

  /** Files of these that pipes may take. */
  public static int forPipes() {
    return (int) Math.min(SIZE / SHARE, MOST_FOR_PIPES);
  }
}
