package org.tidegate.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of names, each for as long as its answer may be kept, and bounded in number. Safe
 * for use by many event loops.
 */
final class DnsAnswers implements DnsCache {
  private static final long MIN_TTL_SECONDS = 1;
  private static final long MAX_TTL_SECONDS = 600;
  private static final long FAILURE_SECONDS = 5;

  /** An address, or why there is none. */
  private record Answer(@Nullable InetAddress address, @Nullable Throwable cause)
      implements DnsCacheEntry {
    /** Discloses nothing. */
    @Override
    public String toString() {
      return "Answer";
    }
  }

  /** What is known of a name. The shortest time of its addresses holds for all of them. */
  private record Known(List<Answer> answers, long untilNanos) {
    /** Discloses nothing. */
    @Override
    public String toString() {
      return "Known";
    }
  }

  private final Ticker clock;
  private final Cache<String, Known> names;

  DnsAnswers(int maxNames, Ticker clock) {
    this.clock = clock;
    this.names =
        Caffeine.newBuilder()
            .maximumSize(maxNames)
            .expireAfter(Expiry.<String, Known>writing((n, known) -> remaining(known)))
            .ticker(clock)
            .executor(Runnable::run)
            .build();
  }

  private Duration remaining(Known known) {
    return Duration.ofNanos(Math.max(0, known.untilNanos - clock.read()));
  }

  @Override
  public @Nullable List<? extends DnsCacheEntry> get(String name, DnsRecord[] additionals) {
    Known known = names.getIfPresent(key(name));
    return known == null ? null : known.answers;
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord[] additionals, InetAddress address, long ttl, EventLoop loop) {
    Answer answer = new Answer(address, null);
    long until = until(Math.max(MIN_TTL_SECONDS, Math.min(MAX_TTL_SECONDS, ttl)));
    names.asMap().merge(key(name), new Known(List.of(answer), until), DnsAnswers::join);
    return answer;
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
    Answer answer = new Answer(null, cause);
    names.asMap().putIfAbsent(key(name), new Known(List.of(answer), until(FAILURE_SECONDS)));
    return answer;
  }

  private static Known join(Known before, Known more) {
    if (before.answers.get(0).cause() != null) {
      return more;
    }
    List<Answer> answers = new ArrayList<>(before.answers);
    answers.removeAll(more.answers);
    answers.addAll(more.answers);
    return new Known(List.copyOf(answers), Math.min(before.untilNanos, more.untilNanos));
  }

  private long until(long seconds) {
    return clock.read() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** The resolver adds a dot to some names and not to others. */
  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  long size() {
    names.cleanUp();
    return names.estimatedSize();
  }

  @Override
  public void clear() {
    names.invalidateAll();
  }

  @Override
  public boolean clear(String name) {
    return names.asMap().remove(key(name)) != null;
  }
}
