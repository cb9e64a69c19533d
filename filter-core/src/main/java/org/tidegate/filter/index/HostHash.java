package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;

/**
 * The keys of a host's suffixes, in one pass from its last byte to its first. The message is eight
 * zero bytes, the suffix backwards, and a tag: 0 for the host key, the scope's for a rule key. For
 * one thread; hot path.
 */
final class HostHash {
  /** Makes a host message differ from every rule message, whose first word is a host key. */
  private static final long HOST_MESSAGE = 0;

  private static final int HOST_KEY = 0;

  private final byte[] host;
  private final SipHash hash;
  private int hashed;

  HostHash(ListKey key, byte[] host) {
    this.host = host;
    this.hash = new SipHash(key);
    hash.word(HOST_MESSAGE);
  }

  /** Whether the suffix from there on can still be hashed: the pass only goes forward. */
  boolean canHash(int from) {
    return host.length - from >= hashed;
  }

  /** The key of the host, or domain, that is the suffix from there on. */
  long hostKey(int from) {
    return key(from, HOST_KEY);
  }

  /** The second half of a domain or host entry. */
  long ruleKey(int from, Scope scope) {
    return key(from, ScopeCode.tag(scope));
  }

  private long key(int from, int tag) {
    int length = host.length - from;
    while (hashed + 8 <= length) {
      hash.word(LittleEndian.getLongReversed(host, host.length - hashed));
      hashed += 8;
    }
    int count = length - hashed;
    long rest = LittleEndian.restReversed(host, host.length - hashed, count);
    return hash.finish(rest, count, tag, length + 9);
  }
}
