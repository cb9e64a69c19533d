package org.tidegate.filter.index;

import java.util.Arrays;
import org.tidegate.filter.list.Scope;

/** The entries of a list while it is compiled: keys, scope and line, in growing arrays. */
final class EntryTable {
  private long[] hosts = new long[64];
  private long[] rules = new long[64];
  private int[] lines = new int[64];
  private byte[] scopes = new byte[64];
  private int size;

  void add(EntryKeys keys, Scope scope, int line) {
    if (size == hosts.length) {
      int more = size + (size >> 1);
      hosts = Arrays.copyOf(hosts, more);
      rules = Arrays.copyOf(rules, more);
      lines = Arrays.copyOf(lines, more);
      scopes = Arrays.copyOf(scopes, more);
    }
    hosts[size] = keys.host();
    rules[size] = keys.rule();
    lines[size] = line;
    scopes[size] = (byte) ScopeCode.tag(scope);
    size++;
  }

  int size() {
    return size;
  }

  long host(int entry) {
    return hosts[entry];
  }

  long rule(int entry) {
    return rules[entry];
  }

  int line(int entry) {
    return lines[entry];
  }

  Scope scope(int entry) {
    return ScopeCode.ofTag(scopes[entry]);
  }

  boolean areEqual(int entry, int other) {
    return hosts[entry] == hosts[other] && rules[entry] == rules[other];
  }

  /** The entries in ascending order of host key, then rule key; equal ones as they came. */
  int[] order() {
    return KeyOrder.of(hosts, rules, size);
  }
}
