package org.tidegate.proxy.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Verdict;

/**
 * How many different entries of a list a client finds before it is told no more than "not allowed":
 * who tries addresses to learn what is listed has to be slow. Whoever has found as many begins anew
 * an hour after the first. Kept are hashes of entry numbers by address (IPv6: by /64), in memory
 * only. Safe for use by many threads.
 */
public final class HitLimit {
  /** What a client may find in an hour unless the operator says otherwise. */
  public static final int DEFAULT = 1_000;

  private static final Duration WINDOW = Duration.ofHours(1);

  /** Of 12 bytes each: 12 MB at most, and no more than a sixteenth of the heap. */
  private static final long HITS_IN_ALL =
      Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 16 / 12);

  private static final int WEIGHT_OF_A_CLIENT = 16;

  private final int most;
  private final Cache<Subscriber, long[]> found;

  /**
   * Makes a limit.
   *
   * @param most different entries for a client in an hour; 0 for no limit
   */
  public HitLimit(int most) {
    this(most, Ticker.systemTicker());
  }

  HitLimit(int most, Ticker clock) {
    this(
        most,
        Caffeine.newBuilder()
            .maximumWeight(HITS_IN_ALL)
            .weigher((Subscriber client, long[] hits) -> hits.length + WEIGHT_OF_A_CLIENT)
            .expireAfter(Expiry.<Subscriber, long[]>creating((client, hits) -> WINDOW))
            .ticker(clock)
            .executor(Runnable::run)
            .build());
  }

  private HitLimit(int most, Cache<Subscriber, long[]> found) {
    if (most < 0) {
      throw new IllegalArgumentException(most + " (expected: 0 or more)");
    }
    this.most = most;
    this.found = found;
  }

  /** Another limit for what clients have found so far. */
  public HitLimit of(int other) {
    return new HitLimit(other, found);
  }

  /** Whether the client has found more than it may. */
  boolean isExceeded(byte @Nullable [] client, Verdict.Blocked hit) {
    if (most == 0 || client == null) {
      return false;
    }
    long entry = (long) Objects.hash(hit.list(), hit.serial()) << Integer.SIZE | hit.entry();
    long[] now =
        found
            .asMap()
            .compute(
                Subscriber.of(client), (c, hits) -> with(entry, hits == null ? new long[0] : hits));
    return !isAmong(entry, now, Math.min(most, now.length));
  }

  private long[] with(long entry, long[] hits) {
    if (hits.length >= most || isAmong(entry, hits, hits.length)) {
      return hits;
    }
    long[] more = Arrays.copyOf(hits, hits.length + 1);
    more[hits.length] = entry;
    return more;
  }

  private static boolean isAmong(long entry, long[] hits, int first) {
    for (int i = 0; i < first; i++) {
      if (hits[i] == entry) {
        return true;
      }
    }
    return false;
  }
}
