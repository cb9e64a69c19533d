package org.tidegate.filter.index;

import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.Scope;

/**
 * The listed hosts and domains: slots of 16 bytes in ascending order of host key, each at the home
 * that its key's upper half gives it or, where that is taken, in the next free slot. An empty slot
 * has no scope. One slot more ends the table. Hot path.
 *
 * <p>A slot's second word is, from its lowest bit: the index of the host's first rule (32 bits),
 * the scopes of its rules (5), whether the host is its own root (1), and a Bloom filter of its rule
 * keys (26). The host's rules end where those of the next slot, empty or not, begin.
 */
final class HostTable {
  static final int SLOT = 16;

  private static final int SCOPES_AT = 32;
  private static final int ROOT_AT = 37;
  private static final int FILTER_AT = 38;
  private static final int FILTER_BITS = 26;

  private final byte[] bytes;
  private final int offset;
  private final int homes;
  private final int slots;

  /**
   * @param slots at least {@code homes}: those beyond belong to nobody's home
   */
  HostTable(byte[] bytes, int offset, int homes, int slots) {
    this.bytes = bytes;
    this.offset = offset;
    this.homes = homes;
    this.slots = slots;
  }

  /** Homes for that many hosts: three in four are taken, or a few less. */
  static int homes(int hosts) {
    return (int) Capacity.of(hosts * 4L / 3 + 1);
  }

  /** Ascends with the key, so that slots in order of home are in order of key. */
  static int home(long key, int homes) {
    return (int) (((key >>> 32) * homes) >>> 32);
  }

  /** What a host's slot says beside its key and its first rule. */
  static long word(int scopes, boolean root, long filter) {
    return (long) scopes << SCOPES_AT | (root ? 1L << ROOT_AT : 0) | filter;
  }

  /** The two bits of a rule key in its host's filter. */
  static long filter(long rule) {
    int first = (int) ((rule & 0xFFFF) * FILTER_BITS >>> 16);
    int second = (int) ((rule >>> 16 & 0xFFFF) * FILTER_BITS >>> 16);
    return 1L << (FILTER_AT + first) | 1L << (FILTER_AT + second);
  }

  void put(int slot, long key, int firstRule, long word) {
    LittleEndian.putLong(bytes, at(slot), key);
    LittleEndian.putLong(bytes, at(slot) + 8, word | firstRule);
  }

  /** The host's slot, as the place of its bytes, or -1. */
  int find(long key) {
    for (int at = at(home(key, homes)); ; at += SLOT) {
      long found = LittleEndian.getLong(bytes, at);
      if (found == key) {
        return isTaken(at) ? at : -1;
      }
      if (Long.compareUnsigned(found, key) > 0 || (found == 0 && !isTaken(at))) {
        return -1;
      }
    }
  }

  /**
   * Whether the host may be there, by the slot at its home alone. Nothing waits for the answer, so
   * the processor asks several tables at once; {@link #find} then has the memory at hand.
   */
  boolean mightContain(long key) {
    int at = at(home(key, homes));
    return isTaken(at) && Long.compareUnsigned(LittleEndian.getLong(bytes, at), key) <= 0;
  }

  int firstRule(int at) {
    return LittleEndian.getInt(bytes, at + 8);
  }

  int rules(int at) {
    return firstRule(at + SLOT) - firstRule(at);
  }

  boolean hasScope(int at, Scope scope) {
    return (scopes(at) & ScopeCode.bit(scope)) != 0;
  }

  /** Whether the host may have that rule. */
  boolean mightContain(int at, long rule) {
    long filter = filter(rule);
    return (LittleEndian.getLong(bytes, at + 8) & filter) == filter;
  }

  int slots() {
    return slots;
  }

  /** Whether there is a host in that slot. */
  boolean isTakenAt(int slot) {
    return isTaken(at(slot));
  }

  /** The key of the host in that slot. */
  long key(int slot) {
    return LittleEndian.getLong(bytes, at(slot));
  }

  /** The second word of that slot. */
  long word(int slot) {
    return LittleEndian.getLong(bytes, at(slot) + 8);
  }

  /** The key of the host in that slot, or 0 unless it is its own root. */
  long root(int slot) {
    return isRoot(at(slot)) ? LittleEndian.getLong(bytes, at(slot)) : 0;
  }

  /** Whether that host is listed and its own root. */
  boolean hasRoot(long key) {
    int at = find(key);
    return at >= 0 && isRoot(at);
  }

  /** Whether that domain is listed with its sub-domains. */
  boolean hasDomain(long key) {
    int at = find(key);
    return at >= 0 && hasScope(at, Scope.DOMAIN);
  }

  private boolean isTaken(int at) {
    return scopes(at) != 0;
  }

  private boolean isRoot(int at) {
    return (LittleEndian.getLong(bytes, at + 8) >>> ROOT_AT & 1) != 0;
  }

  private int scopes(int at) {
    return (int) (LittleEndian.getLong(bytes, at + 8) >>> SCOPES_AT) & ScopeCode.ALL_BITS;
  }

  private int at(int slot) {
    return offset + slot * SLOT;
  }

  /** Checks every slot against the one that the compiler makes of its key and rules. */
  void verify(int hosts, RuleTable rules) throws ListFormatException {
    int seen = 0;
    int rule = 0;
    int last = -1;
    for (int slot = 0; slot < slots; slot++) {
      int at = at(slot);
      require(firstRule(at) == rule);
      long key = LittleEndian.getLong(bytes, at);
      if (!isTaken(at)) {
        require(key == 0 && LittleEndian.getLong(bytes, at + 8) == rule);
        continue;
      }
      require(slot == Math.max(home(key, homes), last + 1));
      require(last < 0 || Long.compareUnsigned(LittleEndian.getLong(bytes, at(last)), key) < 0);
      int count = rules(at);
      require(count > 0 && count <= rules.size() - rule);
      long filter = rules.verify(rule, count);
      require(LittleEndian.getLong(bytes, at + 8) >>> FILTER_AT == filter >>> FILTER_AT);
      rule += count;
      last = slot;
      seen++;
    }
    require(seen == hosts && rule == rules.size() && slots == Math.max(homes, last + 1));
    require(LittleEndian.getLong(bytes, at(slots)) == 0);
    require(LittleEndian.getLong(bytes, at(slots) + 8) == rule);
  }

  private static void require(boolean holds) throws ListFormatException {
    ListHeader.require(holds, Reason.STRUCTURE);
  }
}
