package org.tidegate.sync.tuf;

import java.io.IOException;
import java.util.Optional;

/** What is trusted from one run to the next, byte by byte as it was read. */
public interface MetadataCache {

  /** The last trusted metadata of the role, if there is any. */
  Optional<byte[]> read(String role) throws IOException;

  /** Keeps newly trusted metadata, in the place of the role's that was there. */
  void write(String role, byte[] bytes) throws IOException;
}
