package org.tidegate.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relay, in which the kernel moves the bytes of a busy connection on to the next
 * one (splice). It acts where a read is due, and moves what is there as far as the receiver takes
 * it; what is left, the end and every error are then read and written as ever. So a relay that is
 * told of it only counts; one that never hears of it works the same. Used by the event loop of both
 * connections.
 */
public final class Splice {
  /** A body of fewer bytes is as well read. */
  public static final long WORTHWHILE = 256 * 1024;

  /** What a pipe holds, unless the system was told otherwise. */
  private static final int PIPE = 64 * 1024;

  /** So that one connection does not keep the others waiting. */
  private static final int ROUNDS = 8;

  /** Less than that at once: there is hardly more to come. */
  private static final int FEW = 8 * 1024;

  /** Who is told of the bytes that went by. */
  public interface Relay {
    /**
     * How many bytes may go by now; 0 while bytes that were read before are still to be written.
     */
    long mayPass();

    /** So many have gone by. To be counted only: nothing may be written, closed or begun. */
    void passed(long bytes);

    /** What went by, or what was left of it, has been handed on. */
    void settled();
  }

  private final EpollSocketChannel from;
  private final EpollSocketChannel to;
  private final Relay relay;
  private boolean moved;

  private Splice(EpollSocketChannel from, EpollSocketChannel to, Relay relay) {
    this.from = from;
    this.to = to;
    this.relay = relay;
  }

  /** Makes one; null where the kernel cannot do it: no epoll, or TLS of our own. */
  static @Nullable Splice between(Channel from, Channel to, Relay relay) {
    return from instanceof EpollSocketChannel source
            && to instanceof EpollSocketChannel target
            && source.eventLoop() == target.eventLoop()
            && isPlain(source)
            && isPlain(target)
        ? new Splice(source, target, relay)
        : null;
  }

  private static boolean isPlain(Channel channel) {
    return channel.pipeline().first() instanceof PeerHandler;
  }

  /**
   * Moves what is there; a read is to follow, which finds the end, an error, or what came since.
   *
   * @return how many bytes went
   */
  long move() {
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int most = (int) Math.min(relay.mayPass(), PIPE);
      Pipe pipe = most > 0 && isClear() ? Pipe.take() : null;
      if (pipe == null) {
        break;
      }
      int came = fill(pipe, most);
      sum += came;
      if (!empty(pipe) || came < FEW) {
        break;
      }
    }
    return sum;
  }

  /** Whether nothing waits to be written: what went by would overtake it. */
  private boolean isClear() {
    ChannelOutboundBuffer waiting = to.unsafe().outboundBuffer();
    return to.isActive()
        && !to.isOutputShutdown()
        && waiting != null
        && waiting.totalPendingWriteBytes() == 0;
  }

  /** A reset is told once: it must not be lost, since what follows it would look like an end. */
  private int fill(Pipe pipe, int most) {
    try {
      int came = pipe.fill(from.fd(), most);
      if (came > 0) {
        moved = true;
        relay.passed(came);
      }
      return came;
    } catch (IOException e) {
      pipe.giveBack();
      throw new UncheckedIOException(e);
    }
  }

  private boolean empty(Pipe pipe) {
    IOException failure = null;
    try {
      while (pipe.held() > 0 && pipe.empty(to.fd()) > 0) {
        // the receiver takes some at a time
      }
    } catch (IOException e) {
      failure = e;
    }
    if (pipe.held() == 0) {
      pipe.giveBack();
      return true;
    }
    to.write(new Rest(pipe, to, failure))
        .addListener(
            f -> {
              if (f.isSuccess()) {
                relay.settled();
              }
            });
    return false;
  }

  /** After the read: flushes what was left, and tells the relay. */
  void settle() {
    if (moved) {
      moved = false;
      to.flush();
      relay.settled();
    }
  }

  /** What a receiver did not take at once: written in its turn, like bytes. */
  private static final class Rest extends AbstractReferenceCounted implements FileRegion {
    private final Pipe pipe;
    private final EpollSocketChannel to;
    private final @Nullable IOException failure;
    private final int count;

    Rest(Pipe pipe, EpollSocketChannel to, @Nullable IOException failure) {
      this.pipe = pipe;
      this.to = to;
      this.failure = failure;
      this.count = pipe.held();
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return pipe.empty(to.fd());
    }

    @Override
    public long position() {
      return 0;
    }

    @Override
    public long transferred() {
      return count - pipe.held();
    }

    @Override
    @Deprecated
    public long transfered() {
      return transferred();
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    protected void deallocate() {
      pipe.giveBack();
    }

    @Override
    public FileRegion retain() {
      super.retain();
      return this;
    }

    @Override
    public FileRegion retain(int increment) {
      super.retain(increment);
      return this;
    }

    @Override
    public FileRegion touch() {
      return this;
    }

    @Override
    public FileRegion touch(Object hint) {
      return this;
    }
  }
}
