package org.tidegate.sync.delta;

import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * Editions of a made list: two of three entries are pages, some three on a host, and an edition
 * replaces a share of them, half by entries on hosts that are new.
 */
final class Editions {
  private static final ListKey KEY =
      ListKey.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
  private static final int PER_HOST = 3;

  private Editions() {}

  /**
   * One edition.
   *
   * @param replaced how many of the entries are others than in the edition of none
   */
  static byte[] compile(int entries, int replaced, long serial) throws ListFormatException {
    ListCompiler compiler =
        new ListCompiler(KEY, "test", serial, Instant.ofEpochSecond(1_700_000_000L + serial));
    for (int i = 0; i < entries; i++) {
      // Spread over the whole list: which ones is the same for every number of them.
      boolean isNew = new SplittableRandom(i).nextInt(entries) < replaced;
      compiler.add(entry(i, isNew), i + 1);
    }
    return compiler.compile().bytes();
  }

  private static ListEntry entry(int i, boolean isNew) {
    String host = (isNew && i % 2 == 0 ? "n" : "h") + i / PER_HOST + ".site.example";
    String path = "/" + (isNew ? "new" : "old") + i;
    CanonicalUrl url = CanonicalUrl.parse(host + path + (i % 3 == 0 ? "/" : "")).orElseThrow();
    return i % 3 == 0 ? ListEntry.prefix(url) : ListEntry.page(url);
  }
}
