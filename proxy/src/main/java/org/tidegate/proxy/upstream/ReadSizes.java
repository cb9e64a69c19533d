package org.tidegate.proxy.upstream;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/**
 * How much is read at once: little from connections that send little, 64 KiB from one that has
 * filled its last buffer, and little from all where memory is scarce.
 */
public final class ReadSizes extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 64 * 1024;
  private static final int READS_BEFORE_SMALL = 4;

  /**
   * When a connection takes bytes again: once what was read for it has gone. A client that takes
   * nothing so holds one read, whatever is sent to it.
   */
  public static final WriteBufferWaterMark ONE_READ_AHEAD = new WriteBufferWaterMark(1024, SMALL);

  @Override
  public RecvByteBufAllocator.Handle newHandle() {
    return new Size();
  }

  /** One connection's. */
  private final class Size extends MaxMessageHandle {
    private int size = SMALL;
    private int smallReads;

    @Override
    public int guess() {
      return ByteMemory.isScarce() ? SMALL : size;
    }

    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(bytes);
      if (bytes > 0 && bytes == attemptedBytesRead()) {
        size = LARGE;
        smallReads = 0;
      } else if (bytes > SMALL) {
        smallReads = 0;
      } else if (bytes > 0 && ++smallReads >= READS_BEFORE_SMALL) {
        size = SMALL;
      }
    }
  }
}
