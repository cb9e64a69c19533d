package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * The rule keys of a URL, in one pass over path and query. The message is the host key, the port,
 * the path (for an exact entry with its query), and the scope's tag. For one thread; hot path.
 */
final class PathHash {
  private final byte[] bytes;
  private final int start;
  private final SipHash hash;
  private int hashed;

  PathHash(ListKey key, long hostKey, CanonicalUrl url) {
    this.bytes = url.bytes();
    this.start = url.pathStart();
    this.hash = new SipHash(key);
    hash.word(hostKey);
    hash.word(url.port());
  }

  /** The key of what ends there; ends may only grow. */
  long ruleKey(int end, Scope scope) {
    int length = end - start;
    while (hashed + 8 <= length) {
      hash.word(LittleEndian.getLong(bytes, start + hashed));
      hashed += 8;
    }
    int count = length - hashed;
    long rest = LittleEndian.rest(bytes, start + hashed, count);
    return hash.finish(rest, count, ScopeCode.tag(scope), length + 17);
  }
}
