package org.tidegate.publish.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails, instead of ending, where it has more than it may. */
final class BoundedStream extends FilterInputStream {
  private final String what;
  private long left;

  BoundedStream(InputStream in, long atMost, String what) {
    super(in);
    this.left = atMost;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int n = super.read(bytes, from, length);
    left -= Math.max(0, n);
    if (left < 0) {
      throw new SourceException("the list is too large (" + what + ")");
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
