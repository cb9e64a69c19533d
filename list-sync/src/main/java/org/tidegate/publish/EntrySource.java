package org.tidegate.publish;

import java.io.IOException;
import org.tidegate.filter.list.ListSink;

/** Where the entries of a list come from. */
public interface EntrySource {

  /** Gives every line to the sink, once. */
  void read(ListSink sink) throws IOException;
}
