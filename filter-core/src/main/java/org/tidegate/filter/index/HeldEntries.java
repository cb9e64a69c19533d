package org.tidegate.filter.index;

import java.util.AbstractList;
import java.util.Objects;

/**
 * What was held back, in the order in which it came, in eight bytes each: it may be all there is.
 */
final class HeldEntries extends AbstractList<HeldEntry> {
  private static final HoldReason[] REASONS = HoldReason.values();
  private static final int REASON_BITS = 8;

  private final LongLog log = new LongLog();

  void add(int line, HoldReason reason) {
    log.add((long) line << REASON_BITS | reason.ordinal());
  }

  @Override
  public HeldEntry get(int index) {
    long held = log.get(Objects.checkIndex(index, size()));
    return new HeldEntry((int) (held >>> REASON_BITS), REASONS[(int) held & 0xFF]);
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, log.size());
  }
}
