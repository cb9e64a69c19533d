package org.tidegate.filter.index;

import java.util.HashMap;
import java.util.Map;

/** How often each key came, of not very many keys. For one thread. */
final class KeyCounts {
  private final Map<Long, Integer> counts = new HashMap<>();

  void add(long key) {
    counts.merge(key, 1, Integer::sum);
  }

  /** The keys that came more often than that, ascending without sign. */
  long[] above(int limit) {
    long[] keys =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > limit)
            .mapToLong(Map.Entry::getKey)
            .toArray();
    return KeySort.distinct(keys, keys.length);
  }
}
