package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * A role to which targets metadata delegates a path (specification §4.5).
 *
 * @param terminating whether nothing is looked for beyond it
 */
record Delegation(String role, RoleKeys keys, boolean terminating) {
  private static final int MAX_BITS = 32;

  /** Those that cover the path, in their order, up to the first terminating one. */
  static List<Delegation> of(Metadata targets, String path) throws RefusedException {
    try {
      if (!targets.signed().has("delegations")) {
        return List.of();
      }
      JsonObject delegations = targets.signed().object("delegations");
      JsonObject keys = delegations.object("keys");
      return delegations.has("succinct_roles")
          ? List.of(succinct(delegations.object("succinct_roles"), keys, path))
          : covering(delegations.objects("roles"), keys, path);
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }

  private static List<Delegation> covering(List<JsonObject> roles, JsonObject keys, String path)
      throws JsonException, RefusedException {
    List<Delegation> covering = new ArrayList<>();
    for (JsonObject role : roles) {
      if (TrustedSet.TOP_LEVEL.contains(role.string("name"))) {
        // It would be taken for the top-level role where metadata is kept by name.
        throw new RefusedException(ReasonCode.MALFORMED);
      }
      if (covers(role, path)) {
        boolean terminating = role.bool("terminating");
        covering.add(new Delegation(role.string("name"), RoleKeys.of(role, keys), terminating));
        if (terminating) {
          break;
        }
      }
    }
    return covering;
  }

  private static boolean covers(JsonObject role, String path) throws JsonException {
    if (role.has("path_hash_prefixes")) {
      String hash = Digest.sha256(path.getBytes(UTF_8));
      return role.strings("path_hash_prefixes").stream().anyMatch(hash::startsWith);
    }
    return role.strings("paths").stream().anyMatch(p -> PathPattern.matches(p, path));
  }

  /** One of 2^bits roles, by the first bits of the path's hash. */
  private static Delegation succinct(JsonObject role, JsonObject keys, String path)
      throws JsonException, RefusedException {
    int bits = (int) role.number("bit_length");
    if (bits < 1 || bits > MAX_BITS) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    byte[] hash = Digest.begin().digest(path.getBytes(UTF_8));
    long bin = (ByteBuffer.wrap(hash).getInt() & 0xFFFF_FFFFL) >>> (MAX_BITS - bits);
    String name = "%s-%0" + (bits + 3) / 4 + "x";
    return new Delegation(
        String.format(name, role.string("name_prefix"), bin), RoleKeys.of(role, keys), true);
  }
}
