package org.tidegate.filter.index;

import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.Scope;

/**
 * The listed hosts and domains: slots of 16 bytes (host key; first rule; scopes and rule count) in
 * ascending order of key, each at the home that its key's upper half gives it or, where that is
 * taken, in the next free slot. An empty slot has no rules. Hot path.
 */
final class HostTable {
  static final int SLOT = 16;

  /** As many rules as one host may have: 24 bits. */
  static final int MAX_RULES = 0xFFFFFF;

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

  /** Homes for that many hosts: three in four are taken. */
  static int homes(int hosts) {
    return (int) (hosts * 4L / 3 + 1);
  }

  /** Ascends with the key, so that slots in order of home are in order of key. */
  static int home(long key, int homes) {
    return (int) (((key >>> 32) * homes) >>> 32);
  }

  static void put(byte[] bytes, int at, long key, int firstRule, int scopes, int rules) {
    LittleEndian.putLong(bytes, at, key);
    LittleEndian.putInt(bytes, at + 8, firstRule);
    LittleEndian.putInt(bytes, at + 12, scopes << 24 | rules);
  }

  /** Where the host's slot lies in the file, or -1. */
  int find(long key) {
    for (int slot = home(key, homes); slot < slots; slot++) {
      int at = offset + slot * SLOT;
      long found = LittleEndian.getLong(bytes, at);
      if (found == key && rules(at) > 0) {
        return at;
      }
      if (rules(at) == 0 || Long.compareUnsigned(found, key) > 0) {
        return -1;
      }
    }
    return -1;
  }

  int firstRule(int slot) {
    return LittleEndian.getInt(bytes, slot + 8);
  }

  int rules(int slot) {
    return LittleEndian.getInt(bytes, slot + 12) & MAX_RULES;
  }

  boolean hasScope(int slot, Scope scope) {
    return (LittleEndian.getInt(bytes, slot + 12) >>> 24 & ScopeCode.bit(scope)) != 0;
  }

  /** Checks every slot against the one place that the compiler gives it, and its rules. */
  void verify(int hosts, int rules, RuleTable table) throws ListFormatException {
    int seen = 0;
    int rule = 0;
    int last = -1;
    for (int slot = 0; slot < slots; slot++) {
      int at = offset + slot * SLOT;
      long key = LittleEndian.getLong(bytes, at);
      if (rules(at) == 0) {
        require(key == 0 && LittleEndian.getLong(bytes, at + 8) == 0);
        continue;
      }
      require(slot == Math.max(home(key, homes), last + 1));
      require(last < 0 || Long.compareUnsigned(keyAt(last), key) < 0);
      int scopes = LittleEndian.getInt(bytes, at + 12) >>> 24;
      require(scopes != 0 && scopes <= ScopeCode.ALL_BITS);
      require(firstRule(at) == rule && rules(at) <= rules - rule);
      require(table.isSorted(rule, rules(at)));
      rule += rules(at);
      last = slot;
      seen++;
    }
    require(seen == hosts && rule == rules && slots == Math.max(homes, last + 1));
  }

  private long keyAt(int slot) {
    return LittleEndian.getLong(bytes, offset + slot * SLOT);
  }

  private static void require(boolean holds) throws ListFormatException {
    if (!holds) {
      throw new ListFormatException(Reason.STRUCTURE);
    }
  }
}
