package org.tidegate.sync.tuf;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A file on its way, until its time is over. After a while it must keep a least pace, and half of
 * that which would bring it here in time; and it must not end before it said it would.
 */
final class PacedStream extends FilterInputStream {
  /** A server that gives less for long holds the gateway up on purpose. */
  private static final double LEAST_BYTES_PER_SECOND = 512;

  /** The part of the whole time in which no pace is asked for: a minute of half an hour. */
  private static final int GRACE_PART = 30;

  private static final long LEAST_GRACE = 2_000_000_000L;

  private static final double NANOS = 1e9;

  private final long begin;
  private final long whole;
  private final long grace;
  private final long length;
  private final double bytesPerNano;
  private long bytes;

  /**
   * @param length that the server says is still to come; negative where it does not say
   * @param begin when the file was asked for, by the monotonic clock
   */
  PacedStream(InputStream in, long length, long begin, Duration whole) {
    super(in);
    this.length = length;
    this.begin = begin;
    this.whole = whole.toNanos();
    this.grace = Math.max(LEAST_GRACE, this.whole / GRACE_PART);
    this.bytesPerNano = Math.max(LEAST_BYTES_PER_SECOND / NANOS, length / 2.0 / this.whole);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    long elapsed = System.nanoTime() - begin;
    boolean crawls = elapsed > grace && bytes < elapsed * bytesPerNano;
    if (elapsed > whole || (crawls && bytes != length)) {
      throw new RepositoryException(Trouble.SLOW);
    }
    int n = readOn(to, from, most);
    if (n < 0 && bytes < length) {
      throw new RepositoryException(Trouble.BROKEN);
    }
    bytes += Math.max(0, n);
    return n;
  }

  private int readOn(byte[] to, int from, int most) throws IOException {
    try {
      return super.read(to, from, most);
    } catch (IOException e) {
      throw HttpTrouble.of(e, Trouble.BROKEN);
    }
  }
}
