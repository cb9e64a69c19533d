package org.tidegate.filter.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * One URL or host under one key, hashed once however many lists are asked. Its suffixes are counted
 * from 0, the shortest, to the whole host; an address has one. For one thread; hot path.
 */
public final class Lookup {
  private final ListKey key;
  private final byte[] host;
  private final boolean address;
  private final @Nullable CanonicalUrl url;
  private HostHash hash;
  private int[] starts = new int[6];
  private long[] keys = new long[6];
  private int count;

  /** A whole URL: entries of every scope may cover it. */
  public Lookup(ListKey key, CanonicalUrl url) {
    this(key, url.host(), url);
  }

  /** A host alone: domain and host entries may cover it. */
  public Lookup(ListKey key, CanonicalHost host) {
    this(key, host, null);
  }

  private Lookup(ListKey key, CanonicalHost host, @Nullable CanonicalUrl url) {
    this.key = key;
    this.host = host.bytes();
    this.address = host.isAddress();
    this.url = url;
    this.hash = new HostHash(key, this.host);
  }

  @Nullable CanonicalUrl url() {
    return url;
  }

  boolean hasSuffix(int suffix) {
    while (suffix >= count && (count == 0 || starts[count - 1] > 0)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        keys = Arrays.copyOf(keys, 2 * count);
      }
      starts[count] = address ? 0 : labelStart(count == 0 ? host.length : starts[count - 1] - 1);
      count++;
    }
    return suffix < count;
  }

  boolean isWholeHost(int suffix) {
    return starts[suffix] == 0;
  }

  /** Whether it is one label; addresses are not. */
  boolean isSingleLabel(int suffix) {
    return suffix == 0 && !address;
  }

  long hostKey(int suffix) {
    // 0 is not known yet; were it the key, it would only be hashed again.
    if (keys[suffix] == 0) {
      keys[suffix] = passTo(starts[suffix]).hostKey(starts[suffix]);
    }
    return keys[suffix];
  }

  long ruleKey(int suffix, Scope scope) {
    return passTo(starts[suffix]).ruleKey(starts[suffix], scope);
  }

  PathHash pathHash(int suffix, CanonicalUrl of) {
    return new PathHash(key, hostKey(suffix), of);
  }

  private HostHash passTo(int from) {
    if (!hash.canHash(from)) {
      // Rare: only a host with a listed domain comes back to a shorter suffix.
      hash = new HostHash(key, host);
    }
    return hash;
  }

  private int labelStart(int end) {
    int at = end;
    while (at > 0 && host[at - 1] != '.') {
      at--;
    }
    return at;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Lookup";
  }
}
