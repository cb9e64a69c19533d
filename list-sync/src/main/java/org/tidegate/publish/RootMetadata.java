package org.tidegate.publish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** Whose signatures count: keys and thresholds of every role. Immutable. */
final class RootMetadata {

  /** The keys of one role, and how many of them must have signed. */
  record Signers(List<String> keyIds, int threshold) {
    Signers {
      keyIds = List.copyOf(keyIds);
    }
  }

  private final long version;
  private final Map<String, Map<String, Object>> keys;
  private final Map<Role, Signers> roles;

  private RootMetadata(
      long version, Map<String, Map<String, Object>> keys, Map<Role, Signers> roles) {
    this.version = version;
    this.keys = Map.copyOf(keys);
    this.roles = Map.copyOf(roles);
  }

  static RootMetadata first(Map<Role, List<SigningKey>> signers, int rootThreshold) {
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    Map<Role, Signers> roles = new LinkedHashMap<>();
    signers.forEach(
        (role, of) -> {
          of.forEach(key -> keys.put(key.id(), key.metadata()));
          List<String> ids = of.stream().map(SigningKey::id).toList();
          roles.put(role, new Signers(ids, role == Role.ROOT ? rootThreshold : 1));
        });
    return new RootMetadata(1, keys, roles);
  }

  static RootMetadata parse(JsonObject signed) throws JsonException {
    Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
    JsonObject stated = signed.object("keys");
    for (String id : stated.names()) {
      keys.put(id, stated.object(id).fields());
    }
    Map<Role, Signers> roles = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      JsonObject of = signed.object("roles").object(role.id());
      roles.put(role, new Signers(of.strings("keyids"), (int) of.number("threshold")));
    }
    return new RootMetadata(signed.number("version"), keys, roles);
  }

  long version() {
    return version;
  }

  Signers signers(Role role) {
    Signers signers = roles.get(role);
    if (signers == null) {
      throw new IllegalStateException("a root names every role");
    }
    return signers;
  }

  /** The next root, with these keys for the role; what no role needs any more is left out. */
  RootMetadata next(Role role, List<String> ids, int threshold, List<SigningKey> added) {
    Map<Role, Signers> nextRoles = new LinkedHashMap<>(roles);
    nextRoles.put(role, new Signers(ids, threshold));
    Map<String, Map<String, Object>> nextKeys = new LinkedHashMap<>(keys);
    added.forEach(key -> nextKeys.put(key.id(), key.metadata()));
    Set<String> needed = new HashSet<>();
    nextRoles.values().forEach(signers -> needed.addAll(signers.keyIds()));
    nextKeys.keySet().retainAll(needed);
    return new RootMetadata(version + 1, nextKeys, nextRoles);
  }

  /** Whether the roles but the root are signed as the other root demands. */
  boolean sameSigners(RootMetadata other) {
    return Arrays.stream(Role.values())
        .allMatch(role -> role == Role.ROOT || signers(role).equals(other.signers(role)));
  }

  /** Whether that is the signature of a key that it names. */
  boolean hasSigned(String keyId, byte[] message, String signature) throws PublishException {
    Map<String, Object> key = keys.get(keyId);
    if (key == null || !(key.get("keyval") instanceof Map<?, ?> value)) {
      return false;
    }
    return KeyScheme.verify(
        String.valueOf(key.get("scheme")), String.valueOf(value.get("public")), message, signature);
  }

  Map<String, Object> fields() {
    Map<String, Object> stated = new TreeMap<>();
    roles.forEach(
        (role, signers) ->
            stated.put(
                role.id(),
                Map.of(
                    "keyids",
                    new ArrayList<>(signers.keyIds()),
                    "threshold",
                    signers.threshold())));
    return Map.of("consistent_snapshot", true, "keys", keys, "roles", stated);
  }
}
