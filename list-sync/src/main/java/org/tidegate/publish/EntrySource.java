package org.tidegate.publish;

import java.io.IOException;
import java.util.List;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.url.CanonicalHost;

/** Where the entries of a list come from. */
public interface EntrySource {

  /** Gives every line to the sink, once. */
  void read(ListSink sink) throws IOException;

  /** Public suffixes and shared hosts that are meant to be listed. */
  default List<CanonicalHost> confirmed() {
    return List.of();
  }

  /** Hosts that very many people share: all of such a host is held back unless it is confirmed. */
  default List<CanonicalHost> shared() {
    return List.of();
  }
}
