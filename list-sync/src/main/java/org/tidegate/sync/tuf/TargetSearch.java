package org.tidegate.sync.tuf;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * Looks for one target: depth first, in the order of the delegations, no role twice, and not beyond
 * a terminating delegation (specification §5.6.7).
 */
final class TargetSearch {
  private static final int MAX_ROLES = 32;

  /** Where the metadata of a role comes from; refused where it is not to be trusted. */
  interface Roles {
    Metadata load(String role, RoleKeys keys) throws IOException;
  }

  private final String path;
  private final Roles roles;
  private final Deque<Delegation> toVisit = new ArrayDeque<>();
  private final Set<String> visited = new HashSet<>();

  TargetSearch(String path, Roles roles) {
    this.path = path;
    this.roles = roles;
  }

  Optional<StatedFile> find(RoleKeys topLevel) throws IOException {
    toVisit.push(new Delegation(TrustedSet.TARGETS, topLevel, false));
    while (!toVisit.isEmpty() && visited.size() <= MAX_ROLES) {
      Delegation next = toVisit.pop();
      if (visited.add(next.role())) {
        Metadata metadata = roles.load(next.role(), next.keys());
        Optional<StatedFile> found = find(metadata);
        if (found.isPresent()) {
          return found;
        }
        delegate(Delegation.of(metadata, path));
      }
    }
    return Optional.empty();
  }

  private Optional<StatedFile> find(Metadata metadata) throws RefusedException {
    try {
      JsonObject targets = metadata.signed().object("targets");
      return targets.has(path)
          ? Optional.of(StatedFile.ofTarget(targets.object(path)))
          : Optional.empty();
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  private void delegate(List<Delegation> delegations) {
    int last = delegations.size() - 1;
    if (last >= 0 && delegations.get(last).terminating()) {
      toVisit.clear();
    }
    for (int i = last; i >= 0; i--) {
      toVisit.push(delegations.get(i));
    }
  }
}
