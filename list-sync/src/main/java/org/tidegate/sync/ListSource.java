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
 * @param repositories with the same contents, each asked where the one before is of no use
 * @param trustedRoot the file that the publisher handed over; its bytes are not to be changed
 * @param keys the list may be compiled with any of them: while a key is replaced, there are two
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
public record ListSource(
    String name, List<Repository> repositories, byte[] trustedRoot, List<ListKey> keys) {
  public ListSource {
    repositories = List.copyOf(repositories);
    if (repositories.isEmpty()) {
      throw new IllegalArgumentException("no repository (expected: one at least)");
    }
    requireNonNull(trustedRoot);
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no list key (expected: one at least)");
    }
    // Refuses what is no list name: it becomes part of paths.
    CompiledList.canary(name);
  }

  /** A source with one repository and one key. */
  public ListSource(String name, Repository repository, byte[] trustedRoot, ListKey key) {
    this(name, List.of(repository), trustedRoot, List.of(key));
  }

  @Override
  public String toString() {
    return "ListSource[" + name + "]";
  }
}
