package org.tidegate.publish;

import java.io.IOException;
import java.util.List;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.url.CanonicalHost;

/** Where the entries of a list come from. */
public interface EntrySource {

  /** Gives every line to the sink, once. */
  void read(ListSink sink) throws IOException;

  /** Public suffixes that are meant to be listed as domains. */
  default List<CanonicalHost> confirmed() {
    return List.of();
  }
}
