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
  private final EntryTable entries = new EntryTable();

  /**
   * @param key of its own: never the key of a list
   */
  public PreCheckCompiler(ListKey key) {
    this.hash = new EntryHash(key);
  }

  /** Takes one entry more. */
  public void add(ListEntry entry) {
    entries.add(hash.keys(entry), entry.scope(), 0);
  }

  /** What was added, as {@link BloomFilter#writeTo} writes it. */
  public byte[] compile() {
    int expected = Math.max(1, entries.size());
    BloomFilter<byte[]> filter =
        BloomFilter.create(Funnels.byteArrayFunnel(), expected, PreCheck.FALSE_POSITIVES);
    byte[] question = new byte[QUESTION];
    for (int i = 0; i < entries.size(); i++) {
      ask(question, entries.host(i), entries.rule(i));
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
