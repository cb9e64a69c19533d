package org.tidegate.proxy.upstream;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's idle upstream connections, by what they were made for. */
final class IdlePool {
  private static final int MAX_PER_ROUTE = 64;
  private static final int MAX_IN_ALL = 1024;

  private record Idle(UpstreamConnection connection, long sinceNanos) {}

  private final Map<Route, Deque<Idle>> idle = new HashMap<>();
  private final EventLoop loop;
  private final long maxIdleNanos;
  private int size;
  private boolean sweeping;

  IdlePool(EventLoop loop, Duration maxIdle) {
    this.loop = loop;
    this.maxIdleNanos = maxIdle.toNanos();
  }

  /** Takes the connection that was used last, if one is still open. */
  @Nullable UpstreamConnection take(Route route) {
    Deque<Idle> queue = idle.get(route);
    while (queue != null && !queue.isEmpty()) {
      UpstreamConnection connection = queue.pollLast().connection();
      size--;
      if (queue.isEmpty()) {
        idle.remove(route);
      }
      if (connection.isOpen()) {
        return connection;
      }
    }
    return null;
  }

  /** Keeps a connection for the next user. */
  void put(UpstreamConnection connection) {
    Deque<Idle> queue = idle.computeIfAbsent(connection.route(), r -> new ArrayDeque<>());
    if (!connection.isOpen() || queue.size() >= MAX_PER_ROUTE || size >= MAX_IN_ALL) {
      connection.close();
      if (queue.isEmpty()) {
        idle.remove(connection.route());
      }
      return;
    }
    connection.rest();
    queue.addLast(new Idle(connection, System.nanoTime()));
    size++;
    if (!sweeping) {
      sweeping = true;
      sweepLater();
    }
  }

  private void sweepLater() {
    loop.schedule(this::sweep, maxIdleNanos / 2, TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    long now = System.nanoTime();
    idle.values()
        .removeIf(
            queue -> {
              while (!queue.isEmpty()
                  && (now - queue.peekFirst().sinceNanos() > maxIdleNanos
                      || !queue.peekFirst().connection().isOpen())) {
                queue.pollFirst().connection().close();
                size--;
              }
              return queue.isEmpty();
            });
    sweeping = !idle.isEmpty();
    if (sweeping) {
      sweepLater();
    }
  }

  void closeAll() {
    idle.values().forEach(queue -> queue.forEach(i -> i.connection().close()));
    idle.clear();
    size = 0;
  }
}
