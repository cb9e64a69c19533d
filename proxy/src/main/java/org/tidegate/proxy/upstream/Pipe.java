package org.tidegate.proxy.upstream;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pipe of the kernel: bytes go from a socket into it and on to another socket, and never into
 * this process. Used by one event loop.
 */
final class Pipe {
  private static final int SPARE_PER_LOOP = 4;
  private static final long NO_OFFSET = -1;
  private static final int MOST = FileTable.forPipes() / 2;
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final Spare SPARE = new Spare();

  private final FileDescriptor out;
  private final FileDescriptor in;
  private int held;

  private Pipe(FileDescriptor[] ends) {
    out = ends[0];
    in = ends[1];
  }

  /** Takes one that is empty; null where there may be no more, or the file table is full. */
  static @Nullable Pipe take() {
    Pipe spare = SPARE.get().pollLast();
    if (spare != null) {
      return spare;
    }
    if (OPEN.incrementAndGet() <= MOST) {
      try {
        return new Pipe(FileDescriptor.pipe());
      } catch (IOException e) {
        // then bytes are read instead
      }
    }
    OPEN.decrementAndGet();
    return null;
  }

  /** Keeps it for the next, or closes it with what it still holds. */
  void giveBack() {
    Deque<Pipe> spare = SPARE.get();
    if (held == 0 && spare.size() < SPARE_PER_LOOP) {
      spare.addLast(this);
    } else {
      close();
    }
  }

  /** How many bytes are in it. */
  int held() {
    return held;
  }

  /**
   * Fills it from a socket, without waiting.
   *
   * @return how many bytes came; 0 if there were none, or no more will come
   */
  int fill(FileDescriptor socket, int most) throws IOException {
    int came = splice(socket, in, most);
    held += came;
    return came;
  }

  /**
   * Empties it into a socket, as far as that takes bytes now.
   *
   * @return how many bytes went
   */
  int empty(FileDescriptor socket) throws IOException {
    int went = splice(out, socket, held);
    held -= went;
    return went;
  }

  @SuppressWarnings("deprecation") // see ADR 25, Consequences
  private static int splice(FileDescriptor from, FileDescriptor to, int most) throws IOException {
    return Native.splice(from.intValue(), NO_OFFSET, to.intValue(), NO_OFFSET, most);
  }

  private void close() {
    OPEN.decrementAndGet();
    for (FileDescriptor end : new FileDescriptor[] {in, out}) {
      try {
        end.close();
      } catch (IOException e) {
        // it is gone either way
      }
    }
  }

  /** Each event loop's; closed as its thread ends. */
  private static final class Spare extends FastThreadLocal<Deque<Pipe>> {
    @Override
    protected Deque<Pipe> initialValue() {
      return new ArrayDeque<>(SPARE_PER_LOOP);
    }

    @Override
    protected void onRemoval(Deque<Pipe> pipes) {
      pipes.forEach(Pipe::close);
    }
  }
}
