package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.json.CanonicalJson;

/**
 * A TUF repository of any shape, in memory: every field may be changed before it is published, and
 * every file after. Remembers what was asked for.
 */
public final class SimulatedRepository implements Repository {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(30);

  /** The fields of {@code signed}, by role. */
  final Map<String, Map<String, Object>> roles = new HashMap<>();

  /** What was published, by role and then by version less one. */
  final Map<String, List<byte[]>> published = new HashMap<>();

  /** Who signs for a role, by key id. */
  final Map<String, Map<String, SimulatedKey>> signers = new HashMap<>();

  final Map<String, byte[]> targetFiles = new HashMap<>();
  final List<String> requests = new ArrayList<>();
  boolean statesHashes;

  /**
   * Whether every request is answered with what was published last, whatever version it asks for.
   */
  boolean servesLatest;

  private final Instant now;

  /** One with keys for every role and nothing in it. */
  public SimulatedRepository(Instant now) {
    this.now = now;
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      addRole(role);
    }
    root().put("keys", new HashMap<>());
    root().put("roles", new HashMap<>());
    root().put("consistent_snapshot", true);
    role("timestamp").put("meta", new HashMap<>());
    role("snapshot").put("meta", new HashMap<>());
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      rootRoles().put(role, keysOf(new ArrayList<>(), 1));
      addKey(role, SimulatedKey.ecdsa());
    }
    publish("targets", "snapshot", "timestamp", "root");
  }

  static SimulatedRepository create() {
    return new SimulatedRepository(NOW);
  }

  private void addRole(String role) {
    Map<String, Object> fields = new HashMap<>();
    boolean isTopLevel = List.of("root", "timestamp", "snapshot").contains(role);
    fields.put("_type", isTopLevel ? role : "targets");
    fields.put("spec_version", "1.0.34");
    fields.put("version", 0L);
    fields.put("expires", now.plus(LIFETIME).toString());
    if (!isTopLevel) {
      fields.put("targets", new HashMap<>());
    }
    roles.put(role, fields);
    signers.put(role, new LinkedHashMap<>());
  }

  static Map<String, Object> keysOf(List<String> ids, long threshold) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("keyids", ids);
    keys.put("threshold", threshold);
    return keys;
  }

  Map<String, Object> role(String role) {
    return requireNonNull(roles.get(role));
  }

  List<byte[]> published(String role) {
    return requireNonNull(published.get(role));
  }

  Map<String, SimulatedKey> signers(String role) {
    return requireNonNull(signers.get(role));
  }

  Map<String, Object> root() {
    return role("root");
  }

  long version(String role) {
    return (long) requireNonNull(role(role).get("version"));
  }

  @SuppressWarnings("unchecked") // what this class put there
  static Map<String, Object> map(@Nullable Object of) {
    return (Map<String, Object>) requireNonNull(of);
  }

  @SuppressWarnings("unchecked") // what this class put there
  static List<Object> list(@Nullable Object of) {
    return (List<Object>) requireNonNull(of);
  }

  Map<String, Object> rootRoles() {
    return map(root().get("roles"));
  }

  List<Object> keyIds(String role) {
    return list(map(rootRoles().get(role)).get("keyids"));
  }

  void setThreshold(String role, long threshold) {
    map(rootRoles().get(role)).put("threshold", threshold);
  }

  void setExpiry(String role, Duration fromNow) {
    role(role).put("expires", now.plus(fromNow).toString());
  }

  /** A key that a top-level role may sign with, and does from now on. */
  SimulatedKey addKey(String role, SimulatedKey key) {
    nameKey(role, key);
    signers(role).put(key.id(), key);
    return key;
  }

  /** A key that a top-level role may sign with. */
  void nameKey(String role, SimulatedKey key) {
    map(root().get("keys")).put(key.id(), key.metadata());
    keyIds(role).add(key.id());
  }

  void rotateKeys(String role) {
    keyIds(role).clear();
    signers(role).clear();
    addKey(role, SimulatedKey.ecdsa());
  }

  /** Lets a role answer for paths of another's. */
  Map<String, Object> delegate(String from, String to, List<String> paths, boolean terminating) {
    if (!roles.containsKey(to)) {
      addRole(to);
    }
    Map<String, Object> delegations =
        map(role(from).computeIfAbsent("delegations", key -> new HashMap<>()));
    SimulatedKey key = SimulatedKey.ecdsa();
    signers(to).put(key.id(), key);
    map(delegations.computeIfAbsent("keys", x -> new HashMap<>())).put(key.id(), key.metadata());
    Map<String, Object> role = keysOf(new ArrayList<>(List.of(key.id())), 1);
    role.put("name", to);
    role.put("terminating", terminating);
    role.put("paths", paths);
    list(delegations.computeIfAbsent("roles", x -> new ArrayList<>())).add(role);
    return role;
  }

  /** Lets 2^bits roles of that prefix answer for all paths of another's. */
  void delegateToBins(String from, int bits, String prefix) {
    SimulatedKey key = SimulatedKey.ecdsa();
    Map<String, Object> bins = keysOf(List.of(key.id()), 1);
    bins.put("bit_length", bits);
    bins.put("name_prefix", prefix);
    Map<String, Object> delegations = new HashMap<>();
    delegations.put("keys", new HashMap<>(Map.of(key.id(), key.metadata())));
    delegations.put("succinct_roles", bins);
    role(from).put("delegations", delegations);
    int digits = (bits + 3) / 4;
    for (int bin = 0; bin < 1 << bits; bin++) {
      String name = String.format("%s-%0" + digits + "x", prefix, bin);
      addRole(name);
      signers(name).put(key.id(), key);
      publish(name);
    }
  }

  void addTarget(String role, String path, byte[] content) {
    addTarget(role, path, content, Map.of("sha256", Digest.sha256(content)));
  }

  void addTarget(String role, String path, byte[] content, Map<String, String> hashes) {
    map(role(role).get("targets")).put(path, Map.of("length", content.length, "hashes", hashes));
    targetFiles.put(path, content);
  }

  /** Signs the next version of each role, and states it in the metadata above. */
  public void publish(String... names) {
    for (String name : names) {
      role(name).put("version", version(name) + 1);
      publishAsItIs(name);
    }
  }

  /** Signs a role whatever its version says. */
  void publishAsItIs(String name) {
    byte[] bytes = sign(name);
    published.computeIfAbsent(name, key -> new ArrayList<>()).add(bytes);
    Map<String, Object> stated = new HashMap<>(Map.of("version", version(name)));
    if (statesHashes) {
      stated.put("length", bytes.length);
      stated.put("hashes", Map.of("sha256", Digest.sha256(bytes)));
    }
    if (name.equals("snapshot")) {
      map(role("timestamp").get("meta")).put("snapshot.json", stated);
    } else if ("targets".equals(role(name).get("_type"))) {
      map(role("snapshot").get("meta")).put(name + ".json", stated);
    }
  }

  private byte[] sign(String name) {
    byte[] message = CanonicalJson.message(role(name));
    List<Map<String, String>> signatures = new ArrayList<>();
    signers(name)
        .forEach((id, key) -> signatures.add(Map.of("keyid", id, "sig", key.sign(message))));
    return file(role(name), signatures);
  }

  static byte[] file(Map<String, Object> signed, List<Map<String, String>> signatures) {
    return CanonicalJson.bytes(Map.of("signed", signed, "signatures", signatures));
  }

  byte[] latest(String role) {
    List<byte[]> versions = published(role);
    return versions.get(versions.size() - 1);
  }

  byte[] firstRoot() {
    return published("root").get(0);
  }

  @Override
  public InputStream open(String path) throws IOException {
    requests.add(path);
    return new ByteArrayInputStream(path.startsWith("targets/") ? target(path) : metadata(path));
  }

  private byte[] metadata(String path) throws IOException {
    String name = path.substring(0, path.length() - ".json".length());
    boolean isVersioned =
        name.endsWith(".root")
            || (Boolean.TRUE.equals(root().get("consistent_snapshot"))
                && !name.equals("timestamp"));
    int dot = name.indexOf('.');
    String role = URLDecoder.decode(isVersioned ? name.substring(dot + 1) : name, UTF_8);
    List<byte[]> versions = published.getOrDefault(role, List.of());
    boolean isAsked = isVersioned && !(servesLatest && !role.equals("root"));
    int version = isAsked ? Integer.parseInt(name.substring(0, dot)) : versions.size();
    if (version < 1 || version > versions.size()) {
      throw new RepositoryException(Trouble.NOT_FOUND);
    }
    return versions.get(version - 1);
  }

  private byte[] target(String location) throws IOException {
    String path = URLDecoder.decode(location.substring("targets/".length()), UTF_8);
    if (Boolean.TRUE.equals(root().get("consistent_snapshot"))) {
      int name = path.lastIndexOf('/') + 1;
      path = path.substring(0, name) + path.substring(path.indexOf('.', name) + 1);
    }
    byte[] content = targetFiles.get(path);
    if (content == null) {
      throw new RepositoryException(Trouble.NOT_FOUND);
    }
    return content;
  }
}
