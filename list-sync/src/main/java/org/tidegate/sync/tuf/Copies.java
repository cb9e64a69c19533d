package org.tidegate.sync.tuf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last few small files of a server, with what it calls their versions, so that they need not
 * come again while they are the same. Verified anew whenever they are used.
 */
final class Copies {
  /** Larger files are not kept. */
  static final int LARGEST = 64 * 1024;

  private static final int MOST = 8;

  private final Map<String, Copy> copies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Copy> eldest) {
          return size() > MOST;
        }
      };

  /**
   * A file as it came.
   *
   * @param tag its {@code ETag}, or empty
   * @param modified its {@code Last-Modified}, or empty
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, and never compared
  record Copy(byte[] bytes, Optional<String> tag, Optional<String> modified) {}

  Optional<Copy> find(String path) {
    return Optional.ofNullable(copies.get(path));
  }

  void clear() {
    copies.clear();
  }

  void put(String path, Copy copy) {
    copies.put(path, copy);
  }
}
