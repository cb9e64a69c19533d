package org.tidegate.proxy.admin;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Verdict;

/**
 * Tells a hit from its repetitions: the same client and entry count once in an hour. Kept is a
 * Bloom filter of digests under a key that lives in memory and no longer than the hour, so that
 * nothing of it says who asked for what, not even to who holds the memory later. Of a million
 * different hits in an hour up to one in a hundred is taken for a repetition. For one thread.
 */
final class DistinctHits {
  private static final int HITS = 1_000_000;
  private static final double TAKEN_FOR_REPEATED = 0.01;
  private static final long WINDOW = Duration.ofHours(1).toMillis();

  /** What an hour knows. */
  private record Window(long hour, HashFunction digest, BloomFilter<Long> seen) {
    static Window of(long hour, SecureRandom random) {
      return new Window(
          hour,
          Hashing.sipHash24(random.nextLong(), random.nextLong()),
          BloomFilter.create(Funnels.longFunnel(), HITS, TAKEN_FOR_REPEATED));
    }
  }

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Window window;

  DistinctHits(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether it is the first of its kind in this hour. */
  boolean isFirst(byte @Nullable [] client, Verdict.Blocked hit) {
    Window now = current();
    Hasher digest = now.digest().newHasher();
    digest.putUnencodedChars(hit.list()).putLong(hit.serial()).putInt(hit.entry());
    if (client != null) {
      digest.putBytes(client);
    }
    return now.seen().put(digest.hash().asLong());
  }

  private Window current() {
    long hour = clock.millis() / WINDOW;
    Window now = window;
    if (now == null || now.hour() != hour) {
      now = Window.of(hour, random);
      window = now;
    }
    return now;
  }
}
