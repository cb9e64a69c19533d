package org.tidegate.filter.index;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tidegate.filter.list.ListEntry;

/** Makes a {@link PreCheck} from entries. For one thread, one list. */
public final class PreCheckCompiler {
  /** The host key and the rule key of an entry, little-endian. */
  static final int QUESTION = 16;

  private final EntryHash hash;
  private final LongLog hosts = new LongLog();
  private final LongLog rules = new LongLog();

  /**
   * @param key of its own: never the key of a list
   */
  public PreCheckCompiler(ListKey key) {
    this.hash = new EntryHash(key);
  }

  /** Takes one entry more. */
  public void add(ListEntry entry) {
    hash.begin(entry);
    hosts.add(hash.hostKey());
    rules.add(hash.ruleKey(entry.scope()));
  }

  /** What was added, as {@link BloomFilter#writeTo} writes it. */
  public byte[] compile() {
    long expected = Math.max(1, hosts.size());
    BloomFilter<byte[]> filter =
        BloomFilter.create(Funnels.byteArrayFunnel(), expected, PreCheck.FALSE_POSITIVES);
    byte[] question = new byte[QUESTION];
    for (long i = 0; i < hosts.size(); i++) {
      ask(question, hosts.get(i), rules.get(i));
      filter.put(question);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      filter.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    return out.toByteArray();
  }

  static void ask(byte[] question, long host, long rule) {
    LittleEndian.putLong(question, 0, host);
    LittleEndian.putLong(question, 8, rule);
  }
}
