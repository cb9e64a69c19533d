package org.tidegate.sync;

import static java.util.Objects.requireNonNull;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.tuf.Repository;

/**
 * Where a list comes from, and what it is checked with.
 *
 * @param name of the list
 * @param trustedRoot the file that the publisher handed over; its bytes are not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
public record ListSource(String name, Repository repository, byte[] trustedRoot, ListKey key) {
  public ListSource {
    requireNonNull(repository);
    requireNonNull(trustedRoot);
    requireNonNull(key);
    // Refuses what is no list name: it becomes part of paths.
    CompiledList.canary(name);
  }

  @Override
  public String toString() {
    return "ListSource[" + name + "]";
  }
}
