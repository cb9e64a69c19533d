package org.tidegate.sync;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;

/** Where verified lists go: {@code UrlFilter::install}. */
public interface ListInstaller {
  void install(CompiledList list) throws ListFormatException;
}
