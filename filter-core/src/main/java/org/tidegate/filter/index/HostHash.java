package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/**
 * The keys of a host's suffixes, read from its last byte to its first; long ones go on from each
 * other. The message is eight zero bytes, the suffix backwards, and a tag: 0 for the host key, the
 * scope's for a rule key. Reusable, for one thread; hot path.
 */
final class HostHash {
  /** Makes a host message differ from every rule message, whose first word is a host key. */
  static final long HOST_MESSAGE = 0;

  private static final int HOST_KEY = 0;

  /** Suffixes up to this length are hashed in one go, which is faster the first time. */
  private static final int SHORT = 31;

  private final ListKey key;
  private final SipHash hash;
  private UrlView view = new UrlView();
  private int hashed;

  HostHash(ListKey key) {
    this.key = key;
    this.hash = new SipHash(key);
  }

  /** Begins with another host. */
  void begin(UrlView next) {
    view = next;
    restart();
  }

  /** The key of the host, or domain, that is the suffix of that length. */
  long hostKey(int length) {
    return key(length, HOST_KEY);
  }

  /** The second half of a domain or host entry. */
  long ruleKey(int length, Scope scope) {
    return key(length, ScopeCode.tag(scope));
  }

  private void restart() {
    hash.set(key.afterHostMessage);
    hashed = 0;
  }

  private long key(int length, int tag) {
    byte[] bytes = view.bytes();
    int end = view.hostEnd();
    if (hashed == 0 && length <= SHORT) {
      return key.afterHostMessage.finishReversed(bytes, end, length, tag, length + 9);
    }
    if (length < hashed) {
      restart(); // a longer suffix was hashed ahead, or another list asks
    }
    while (hashed + 8 <= length) {
      hash.word(LittleEndian.getLongReversed(bytes, end - hashed));
      hashed += 8;
    }
    int count = length - hashed;
    long rest = LittleEndian.restReversed(bytes, end - hashed, count);
    return hash.finish(rest, count, tag, length + 9);
  }
}
