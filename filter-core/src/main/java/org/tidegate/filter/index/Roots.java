package org.tidegate.filter.index;

import java.util.function.LongConsumer;
import org.tidegate.filter.index.ListFormatException.Reason;

/**
 * Below which suffixes anything is listed. The root of a host is its shortest suffix that is not
 * crowded. Suffixes under which very many listed hosts hang (co.uk, a hosting company) are crowded:
 * were they roots, nearly everything below would be a candidate. Roots and crowded suffixes are in
 * one filter, so that most hosts cost one question. Hot path.
 */
final class Roots {
  /** More listed hosts than this below a suffix make it crowded. */
  static final int CROWD = 300;

  private final byte[] bytes;
  private final int crowdedAt;
  private final int crowded;
  private final int unlistedAt;
  private final int unlisted;
  private final BlockedFilter filter;
  private final HostTable hosts;

  /**
   * @param hosts the listed hosts, of which some are their own roots; the others' roots are keys
   */
  Roots(byte[] bytes, ListHeader header, HostTable hosts) {
    this.bytes = bytes;
    this.crowdedAt = header.offset(ListHeader.CROWDED);
    this.crowded = header.length(ListHeader.CROWDED) / 8;
    this.unlistedAt = header.offset(ListHeader.ROOTS);
    this.unlisted = header.length(ListHeader.ROOTS) / 8;
    int words = header.length(ListHeader.ROOT_FILTER) / 8;
    this.filter = new BlockedFilter(bytes, header.offset(ListHeader.ROOT_FILTER), words);
    this.hosts = hosts;
  }

  /** Whether that suffix may be a root or crowded. */
  boolean mightContain(long key) {
    return filter.mightContain(key);
  }

  boolean isCrowded(long key) {
    return SortedKeys.find(bytes, crowdedAt, crowded, key) >= 0;
  }

  /** Whether it is a root. */
  boolean contains(long key) {
    return SortedKeys.find(bytes, unlistedAt, unlisted, key) >= 0 || hosts.hasRoot(key);
  }

  int crowded() {
    return crowded;
  }

  long crowded(int index) {
    return LittleEndian.getLong(bytes, crowdedAt + 8 * index);
  }

  /** Gives the key of every root to somebody. */
  void each(LongConsumer keys) {
    for (int place = 0; place < places(); place++) {
      long root = root(place);
      if (root != 0) {
        keys.accept(root);
      }
    }
  }

  /** How many places {@link #root} is asked of: some of them are empty. */
  private int places() {
    return unlisted + hosts.slots();
  }

  /** A root's key, or 0. */
  private long root(int place) {
    return place < unlisted
        ? LittleEndian.getLong(bytes, unlistedAt + 8 * place)
        : hosts.root(place - unlisted);
  }

  void verify(int roots) throws ListFormatException {
    require(SortedKeys.areSorted(bytes, crowdedAt, crowded));
    require(SortedKeys.areSorted(bytes, unlistedAt, unlisted));
    for (int i = 0; i < crowded; i++) {
      require(filter.mightContain(crowded(i)));
    }
    int seen = 0;
    for (int place = 0; place < places(); place++) {
      long root = root(place);
      if (root != 0) {
        require(filter.mightContain(root));
        seen++;
      }
    }
    require(seen == roots);
  }

  private static void require(boolean holds) throws ListFormatException {
    ListHeader.require(holds, Reason.STRUCTURE);
  }
}
