package org.tidegate.sync;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.tuf.Repository;

/**
 * Where a list comes from, and what it is checked with.
 *
 * @param name of the list
 * @param trustedRoot the file that the publisher handed over; its bytes are not to be changed
 * @param keys the list may be compiled with any of them: while a key is replaced, there are two
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
public record ListSource(
    String name, Repository repository, byte[] trustedRoot, List<ListKey> keys) {
  public ListSource {
    requireNonNull(repository);
    requireNonNull(trustedRoot);
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no list key (expected: one at least)");
    }
    // Refuses what is no list name: it becomes part of paths.
    CompiledList.canary(name);
  }

  /** A source with one key. */
  public ListSource(String name, Repository repository, byte[] trustedRoot, ListKey key) {
    this(name, repository, trustedRoot, List.of(key));
  }

  @Override
  public String toString() {
    return "ListSource[" + name + "]";
  }
}
