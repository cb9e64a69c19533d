package org.tidegate.publish.source;

import java.io.IOException;
import java.io.InputStream;

/** Where the text of a list comes from, packed or not. */
public interface TextSource {

  /**
   * Opens it from its beginning.
   *
   * @throws SourceException where it cannot be got, with one line that names no entry
   */
  InputStream open() throws IOException;
}
