package org.tidegate.proxy.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of something each has, so that none takes all that there is. Safe for use by many
 * threads.
 */
public final class Shares<K> {
  private final Map<K, Integer> taken = new ConcurrentHashMap<>();

  /** Takes one more, if that is no more than so many. */
  public boolean take(K who, int most) {
    boolean[] given = {false};
    taken.compute(
        who,
        (k, count) -> {
          int before = count == null ? 0 : count;
          given[0] = before < most;
          return given[0] ? Integer.valueOf(before + 1) : count;
        });
    return given[0];
  }

  /** Gives one back. */
  public void giveBack(K who) {
    taken.computeIfPresent(who, (k, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
