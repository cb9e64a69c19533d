package org.tidegate.app.bench;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.Lookup;
import org.tidegate.filter.index.PreCheck;
import org.tidegate.filter.url.UrlView;

/**
 * Guava's Bloom filter of every entry in front of the same exact tables: what it may have seen is
 * looked up there. For one thread.
 */
public final class GuavaDesign implements EngineDesign {
  private final PreCheck.Inquiry filter;
  private final CompiledList tables;
  private final Lookup lookup;
  private final UrlView view = new UrlView();
  private final long bytes;

  /**
   * @param tables the list
   * @param key of the list
   * @param preCheck the filter, under a key of its own
   */
  public GuavaDesign(byte[] tables, ListKey key, byte[] preCheck, ListKey preCheckKey)
      throws ListFormatException {
    this.filter = PreCheck.open(preCheck, preCheckKey).inquiry();
    this.tables = CompiledList.open(tables);
    this.lookup = new Lookup(key);
    this.bytes = (long) tables.length + preCheck.length;
  }

  @Override
  public String id() {
    return "guava";
  }

  @Override
  public boolean isBlocked(byte[] url, int from, int to) {
    if (!view.read(url, from, to) || !filter.mightCover(view)) {
      return false;
    }
    lookup.begin(view);
    return tables.search(lookup) != 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
