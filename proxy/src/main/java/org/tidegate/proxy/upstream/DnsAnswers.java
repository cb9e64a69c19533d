package org.tidegate.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of names, each for as long as its answer may be kept, and bounded in memory, since
 * whoever has a domain may have any number of names and addresses. An answer comes in whole, so
 * that nobody takes the first family's for all there is. Safe for use by many event loops.
 */
final class DnsAnswers {
  private final Cache<String, DnsAnswer> names;

  DnsAnswers(long maxBytes, Ticker clock) {
    this.names =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((String name, DnsAnswer answer) -> answer.memory() + name.length())
            .expireAfter(
                Expiry.<String, DnsAnswer>writing(
                    (name, answer) -> Duration.ofSeconds(answer.askAgainSeconds())))
            .ticker(clock)
            .executor(Runnable::run)
            .build();
  }

  @Nullable DnsAnswer get(String name) {
    return names.getIfPresent(name.toLowerCase(Locale.ROOT));
  }

  void put(String name, DnsAnswer answer) {
    names.put(name.toLowerCase(Locale.ROOT), answer);
  }

  long memory() {
    names.cleanUp();
    return names.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
