package org.tidegate.publish.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Watches an archive go by, to tell at its end whether all of it came: members alone do not tell,
 * where an archive was cut between two of them.
 */
final class ZipEnd extends FilterInputStream {
  private static final int SIGNATURE = 0x06054B50;
  private static final int RECORD = 22;
  private static final int MAX_COMMENT = 65_535;
  private static final int MANY = 0xFFFF;

  private final byte[] last = new byte[RECORD + MAX_COMMENT];
  private long count;

  ZipEnd(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int n = super.read(bytes, from, length);
    for (int i = 0; i < n; i++) {
      last[(int) (count++ % last.length)] = bytes[from + i];
    }
    return n;
  }

  /** Reads what is left, and answers whether it ends as an archive of so many members does. */
  boolean isWhole(int members) throws IOException {
    byte[] rest = new byte[8192];
    while (read(rest, 0, rest.length) >= 0) {
      // read() has kept what matters.
    }
    long first = Math.max(0, count - last.length);
    for (long at = count - RECORD; at >= first; at--) {
      if (number(at, 4) == SIGNATURE && at + RECORD + number(at + 20, 2) == count) {
        int stated = number(at + 10, 2);
        return stated == MANY || stated == members;
      }
    }
    return false;
  }

  private int number(long at, int bytes) {
    int number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (last[(int) ((at + i) % last.length)] & 0xFF);
    }
    return number;
  }
}
