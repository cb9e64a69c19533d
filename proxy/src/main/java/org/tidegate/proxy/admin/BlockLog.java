package org.tidegate.proxy.admin;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.filter.Policy;
import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;

/**
 * Logs what lists covered: by list, serial and entry number, never by URL or host. A thread of its
 * own does it, so that no event loop waits for a log; what is too much at once is dropped.
 */
public final class BlockLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.block");
  private static final int MOST_WAITING = 10_000;

  /** Events gather this long, so that not each of them wakes the thread. */
  private static final int GATHER_MILLIS = 50;

  /**
   * What is to be logged.
   *
   * @param groups where clients are shown, as it was when they were judged
   */
  private record Covered(Judged judged, @Nullable Policy groups) {}

  private final BlockingQueue<Covered> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final DistinctHits hits;
  private final Thread thread = new Thread(this::work, "tidegate-blocks");
  private volatile BiConsumer<String, Mode> distinct = (list, mode) -> {};
  private volatile @Nullable Policy groups;

  /** A log that says nothing of clients. */
  public BlockLog(InstantSource clock) {
    hits = new DistinctHits(clock);
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on a client's address and its group in that policy are logged. */
  public void showClients(Policy policy) {
    groups = policy;
  }

  /** From now on nothing is said of clients. */
  public void hideClients() {
    groups = null;
  }

  void countDistinctIn(BiConsumer<String, Mode> counter) {
    distinct = counter;
  }

  /** Takes a judgement by which something is or would be blocked; false if it was dropped. */
  boolean offer(Judged judged) {
    return waiting.offer(new Covered(judged, groups));
  }

  private void work() {
    try {
      while (true) {
        Covered first = waiting.take();
        gather();
        write(first);
        for (Covered next = waiting.poll(); next != null; next = waiting.poll()) {
          write(next);
        }
      }
    } catch (InterruptedException e) {
      waiting.forEach(this::write);
      waiting.clear();
    }
  }

  private static void gather() {
    try {
      Thread.sleep(GATHER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends once all is written
    }
  }

  private void write(Covered covered) {
    if (covered.judged().judgement().verdict() instanceof Verdict.Blocked blocked) {
      write(covered, blocked, Mode.ENFORCE);
    }
    covered.judged().judgement().observed().forEach(hit -> write(covered, hit, Mode.OBSERVE));
  }

  private void write(Covered covered, Verdict.Blocked hit, Mode mode) {
    Judged judged = covered.judged();
    boolean first = hits.isFirst(judged.client(), hit);
    if (first) {
      distinct.accept(hit.list(), mode);
    }
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("list", hit.list())
            .addKeyValue("serial", hit.serial())
            .addKeyValue("entry", hit.entry())
            .addKeyValue("mode", mode.name().toLowerCase(Locale.ROOT))
            .addKeyValue("listener", Series.word(judged.listener()))
            .addKeyValue("sight", Series.word(judged.sight()))
            .addKeyValue("repeated", !first);
    if (mode == Mode.ENFORCE) {
      event = event.addKeyValue("reference", requireNonNull(judged.reference()).text());
    }
    withClient(event, judged.client(), covered.groups())
        .log(mode == Mode.ENFORCE ? "blocked" : "observed");
  }

  private static LoggingEventBuilder withClient(
      LoggingEventBuilder event, byte @Nullable [] client, @Nullable Policy policy) {
    if (policy == null || client == null) {
      return event;
    }
    String group = policy.groupName(client);
    LoggingEventBuilder said = event.addKeyValue("client", text(client));
    return group == null ? said : said.addKeyValue("group", group);
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address.length + " bytes (expected: 4 or 16)", e);
    }
  }

  /** Ends when all that waits is written. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
