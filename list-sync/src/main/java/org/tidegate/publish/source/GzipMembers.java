package org.tidegate.publish.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The text of all members of a gzip file (RFC 1952), one after the other. The JDK's own stream
 * takes a pause between two members, and damage behind the first one, for the end: a shorter list.
 */
final class GzipMembers extends BlockStream {
  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECK = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int KNOWN = 31;

  private final InputStream in;
  private final byte[] packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private int at;
  private int end;
  private boolean begun;
  private boolean inMember;

  GzipMembers(InputStream in, int buffer) {
    this.in = in;
    this.packed = new byte[buffer];
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || next()) {
      int n = inflate(bytes, from, length);
      if (n > 0) {
        check.update(bytes, from, n);
        return n;
      }
      endMember();
    }
    return -1;
  }

  /** Begins the next member; false where there is none. */
  private boolean next() throws IOException {
    while (begun && hasMore() && packed[at] == 0) {
      at++; // what fills the last block of a tape or disk
    }
    if (begun && !hasMore()) {
      return false;
    }
    require(number(2) == MAGIC && number(1) == DEFLATE);
    int flags = (int) number(1);
    require((flags & ~KNOWN) == 0);
    passOver(6); // time, compression, system
    passOver((flags & EXTRA) == 0 ? 0 : number(2));
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    passOver(flags & HEADER_CHECK);
    inflater.reset();
    inflater.setInput(packed, at, end - at);
    check.reset();
    begun = true;
    inMember = true;
    return true;
  }

  /** As much text as is ready; 0 at the end of the member. */
  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      int n = inflater.inflate(bytes, from, length);
      while (n == 0 && !inflater.finished()) {
        at = end;
        require(inflater.needsInput() && hasMore());
        inflater.setInput(packed, at, end - at);
        n = inflater.inflate(bytes, from, length);
      }
      return n;
    } catch (DataFormatException e) {
      throw Unpacked.damaged();
    }
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    require(number(4) == check.getValue());
    require(number(4) == (inflater.getBytesWritten() & 0xFFFF_FFFFL));
    inMember = false;
  }

  private boolean hasMore() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(packed));
    }
    return at < end;
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      require(hasMore());
      number |= (packed[at++] & 0xFFL) << 8 * i;
    }
    return number;
  }

  private void passOver(long bytes) throws IOException {
    for (long i = 0; i < bytes; i++) {
      number(1);
    }
  }

  private void skipText(int flag) throws IOException {
    while (flag != 0 && number(1) != 0) {
      // until its zero
    }
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw Unpacked.damaged();
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
