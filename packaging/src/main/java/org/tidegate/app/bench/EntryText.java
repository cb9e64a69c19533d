package org.tidegate.app.bench;

import java.io.IOException;
import org.tidegate.filter.list.ListSink;

/** The text of a list, which can be read again and again. */
@FunctionalInterface
public interface EntryText {

  /** Gives every entry to the sink. */
  void read(ListSink sink) throws IOException;
}
