package org.tidegate.sync.tuf;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * Whose signatures count for a role, and how many there must be.
 *
 * @param keys all that the delegating metadata names, by key id
 */
record RoleKeys(Set<String> keyIds, long threshold, JsonObject keys) {

  /** Of a root. */
  static RoleKeys of(Metadata root, String role) throws RefusedException {
    try {
      return of(root.signed().object("roles").object(role), root.signed().object("keys"));
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  static RoleKeys of(JsonObject role, JsonObject keys) throws JsonException, RefusedException {
    long threshold = role.number("threshold");
    if (threshold < 1) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    return new RoleKeys(new LinkedHashSet<>(role.strings("keyids")), threshold, keys);
  }

  /** How many different keys have signed: one key under two ids is one. */
  private int count(Metadata metadata) throws JsonException {
    Set<String> signers = new HashSet<>();
    for (String id : keyIds) {
      String signature = metadata.signatures().get(id);
      if (signature != null
          && keys.has(id)
          && PublicKeys.verify(keys.object(id), metadata.message(), signature)) {
        signers.add(PublicKeys.identity(keys.object(id)));
      }
    }
    return signers.size();
  }

  /**
   * V4: refuses metadata that fewer than the threshold have signed: {@code threshold} where some
   * have, and {@code tampered} where nobody has.
   */
  void verify(Metadata metadata) throws RefusedException {
    try {
      int found = count(metadata);
      if (found < threshold) {
        throw new RefusedException(found > 0 ? ReasonCode.THRESHOLD : ReasonCode.TAMPERED);
      }
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }
}
