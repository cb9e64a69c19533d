package org.tidegate.filter;

import java.util.List;
import java.util.Set;

/**
 * Clients that the same lists hold for.
 *
 * @param networks where they are
 * @param lists those of kind allow and block that hold for them beside the ones that no group names
 */
public record ClientGroup(String name, List<ClientNetwork> networks, Set<String> lists) {

  public ClientGroup {
    networks = List.copyOf(networks);
    lists = Set.copyOf(lists);
  }
}
