package org.tidegate.filter.index;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.UrlView;

/**
 * The portable pre-check: Guava's Bloom filter of one list's entries, for applications that should
 * not hold the list. What it has not seen is not listed; of what it may have seen a gateway has to
 * be asked. A key of its own keeps it apart from the list. Immutable.
 */
public final class PreCheck {
  /** Of a thousand questions about what is not listed, one is answered with maybe. */
  public static final double FALSE_POSITIVES = 0.001;

  private static final int HEADER = 6;
  private static final int WORDS_AT = 2;

  private final BloomFilter<byte[]> filter;
  private final ListKey key;

  private PreCheck(BloomFilter<byte[]> filter, ListKey key) {
    this.filter = filter;
    this.key = key;
  }

  /**
   * Opens a pre-check as {@link PreCheckCompiler} makes it.
   *
   * @throws ListFormatException for anything else; its size is checked before memory is taken
   */
  public static PreCheck open(byte[] bytes, ListKey key) throws ListFormatException {
    ListHeader.require(bytes.length >= HEADER, Reason.LENGTH);
    int words = ByteBuffer.wrap(bytes).getInt(WORDS_AT);
    ListHeader.require(words > 0 && bytes.length == HEADER + 8L * words, Reason.LENGTH);
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      return new PreCheck(BloomFilter.readFrom(in, Funnels.byteArrayFunnel()), key);
    } catch (IOException | RuntimeException e) {
      throw new ListFormatException(Reason.STRUCTURE);
    }
  }

  /** Whether an entry may cover it, where false is certain. */
  public boolean mightCover(UrlView url) {
    return inquiry().mightCover(url);
  }

  /** For one thread that asks often. */
  public Inquiry inquiry() {
    return new Inquiry();
  }

  /** Asks about one URL after another, in the same memory. For one thread. */
  public final class Inquiry {
    private final Lookup lookup = new Lookup(key);
    private final byte[] question = new byte[PreCheckCompiler.QUESTION];

    private Inquiry() {}

    /** Whether an entry may cover it, where false is certain. */
    public boolean mightCover(UrlView url) {
      lookup.begin(url);
      for (int suffix = 0; lookup.hasSuffix(suffix); suffix++) {
        long host = lookup.hostKey(suffix);
        if (mightContain(host, lookup.ruleKey(suffix, Scope.DOMAIN))) {
          return true;
        }
        if (lookup.isWholeHost(suffix)) {
          return mightContain(host, lookup.ruleKey(suffix, Scope.HOST))
              || (lookup.hasPath() && mightContainPath(host, lookup.path(suffix)));
        }
      }
      return false;
    }

    private boolean mightContainPath(long host, PathKeys path) {
      for (int prefix = 0; path.hasPrefix(prefix); prefix++) {
        if (mightContain(host, path.prefix(prefix))) {
          return true;
        }
      }
      return mightContain(host, path.page()) || mightContain(host, path.exact());
    }

    private boolean mightContain(long host, long rule) {
      PreCheckCompiler.ask(question, host, rule);
      return filter.mightContain(question);
    }

    /** Discloses nothing. */
    @Override
    public String toString() {
      return "PreCheck.Inquiry";
    }
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "PreCheck";
  }
}
