package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * How much of one connection is read at once: little if it sends little, 64 KiB if it has filled
 * its last buffer, and little where memory is scarce. From one that sends much a {@link Splice}
 * moves first what it can, if there is one.
 */
public final class ReadSizes extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 64 * 1024;
  private static final int READS_BEFORE_SMALL = 4;

  /**
   * When a connection takes bytes again: once what was read for it has gone. A client that takes
   * nothing so holds one read, whatever is sent to it, and a pipe where there is a {@link Splice}.
   */
  public static final WriteBufferWaterMark ONE_READ_AHEAD = new WriteBufferWaterMark(1024, SMALL);

  private @Nullable Splice splice;

  /** Has this move bytes of the connection before they are read; null for nobody. */
  static void moveFirst(Channel channel, @Nullable Splice splice) {
    if (channel.config().getRecvByteBufAllocator() instanceof ReadSizes sizes) {
      sizes.splice = splice;
    }
  }

  @Override
  public RecvByteBufAllocator.Handle newHandle() {
    return new Size();
  }

  /** One connection's. */
  private final class Size extends MaxMessageHandle {
    private int size = SMALL;
    private int smallReads;
    private long moved;

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      moved = splice == null || size == SMALL ? 0 : splice.move();
      return moved == 0 ? super.allocate(allocator) : allocator.ioBuffer(SMALL);
    }

    @Override
    public int guess() {
      return ByteMemory.isScarce() ? SMALL : size;
    }

    @Override
    public void lastBytesRead(int bytes) {
      super.lastBytesRead(bytes);
      boolean filled = bytes > 0 && bytes == attemptedBytesRead();
      if (filled || moved > SMALL) {
        size = LARGE;
        smallReads = 0;
      } else if (bytes > SMALL) {
        smallReads = 0;
      } else if (bytes + moved > 0 && ++smallReads >= READS_BEFORE_SMALL) {
        size = SMALL;
      }
    }
  }
}
