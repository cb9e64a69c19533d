package org.tidegate.proxy.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.upstream.ByteMemory;

/**
 * What the head of a connection's present request takes of the heap, counted for the process, and
 * where it is large for the client, so that none takes all that there is for heads. Used by the
 * connection's event loop.
 */
public final class HeldHead {
  /** Most heads are smaller, and not worth a count of their own. */
  private static final int LARGE = 4096;

  private static final Map<Subscriber, Long> BY_CLIENT = new ConcurrentHashMap<>();

  private int bytes;
  private @Nullable Subscriber client;

  /**
   * Whether no further request of the client is served: it holds half of what there is for all
   * heads, or memory is short whoever holds it.
   */
  public static boolean leavesNoRoom(byte[] client) {
    return ByteMemory.isShort()
        || (!BY_CLIENT.isEmpty()
            && BY_CLIENT.getOrDefault(Subscriber.of(client), 0L) > ByteMemory.MOST_HEADS / 2);
  }

  /** So many bytes are held from now on, in place of those before. */
  public void set(int held, byte[] address) {
    ByteMemory.holdHead(held - bytes);
    Subscriber before = client;
    if (before != null) {
      add(before, -bytes);
    }
    client = held >= LARGE ? Subscriber.of(address) : null;
    bytes = held;
    if (client != null) {
      add(client, held);
    }
  }

  private static void add(Subscriber client, long more) {
    BY_CLIENT.merge(client, more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
  }
}
