package org.tidegate.sync.tuf;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A file on its way, until its time is over; after a while it has to keep a least pace too. */
final class PacedStream extends FilterInputStream {
  /** A server that gives less for long holds the gateway up on purpose. */
  private static final long LEAST_BYTES_PER_SECOND = 512;

  private static final long GRACE_SECONDS = 60;
  private static final long NANOS = 1_000_000_000L;

  private final long begin;
  private final Duration whole;
  private long bytes;

  /**
   * @param begin when the file was asked for, by the monotonic clock
   */
  PacedStream(InputStream in, long begin, Duration whole) {
    super(in);
    this.begin = begin;
    this.whole = whole;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    long elapsed = System.nanoTime() - begin;
    long seconds = elapsed / NANOS;
    boolean crawls = seconds > GRACE_SECONDS && bytes < seconds * LEAST_BYTES_PER_SECOND;
    if (crawls || elapsed > whole.toNanos()) {
      throw new RepositoryException(Trouble.SLOW);
    }
    try {
      int n = super.read(to, from, length);
      bytes += Math.max(0, n);
      return n;
    } catch (IOException e) {
      throw HttpRepository.trouble(e, Trouble.BROKEN);
    }
  }
}
