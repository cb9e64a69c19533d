package org.tidegate.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a list is read, in one line that changes: on a terminal only, and gone when it is read.
 * For one thread.
 */
final class ProgressBar extends FilterInputStream {
  private static final int WIDTH = 30;
  private static final long STEP = 1 << 18;
  private static final int MIB = 1 << 20;

  private final PrintWriter err;
  private final long length;
  private long read;
  private long shown;

  private ProgressBar(InputStream in, long length, PrintWriter err) {
    super(in);
    this.length = length;
    this.err = err;
  }

  /**
   * Watches a stream.
   *
   * @param length 0 where it is not known
   */
  static InputStream watch(InputStream in, long length, PrintWriter err) {
    return isTerminal() ? new ProgressBar(in, length, err) : in;
  }

  /** Java cannot tell of one stream alone; the launcher says it. */
  private static boolean isTerminal() {
    return Boolean.getBoolean("tidegate.terminal");
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int some = super.read(bytes, offset, count);
    count(some);
    return some;
  }

  @Override
  public void close() throws IOException {
    if (shown > 0) {
      err.print("\r\033[K");
      err.flush();
    }
    super.close();
  }

  private void count(int bytes) {
    read += Math.max(0, bytes);
    if (read - shown >= STEP) {
      shown = read;
      err.print("\r" + line());
      err.flush();
    }
  }

  private String line() {
    if (length == 0) {
      return read / MIB + " MiB read";
    }
    int full = (int) Math.min(WIDTH, WIDTH * read / length);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %% of %d MiB",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        Math.min(100, 100 * read / length),
        (length + MIB - 1) / MIB);
  }
}
