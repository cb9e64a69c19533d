package org.tidegate.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tidegate.publish.RootMetadata.Signers;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * What gateways see: the newest root, and what the timestamp leads to. Files beyond that were left
 * by a publisher that was killed, and do not count.
 */
final class PublishedState {
  private final RepositoryFiles files;
  private final RootMetadata root;
  private final long timestampVersion;
  private final Map<String, TargetFile> targets = new TreeMap<>();
  private final Map<Role, String> names = new EnumMap<>(Role.class);

  private PublishedState(RepositoryFiles files)
      throws IOException, PublishException, JsonException {
    this.files = files;
    String rootName = files.highest(Role.ROOT) + ".root.json";
    root = RootMetadata.parse(files.signed(rootName));
    JsonObject timestamp = files.signed("timestamp.json");
    timestampVersion = timestamp.number("version");
    long snapshotVersion = below(timestamp, "snapshot.json");
    String snapshotName = snapshotVersion + ".snapshot.json";
    long targetsVersion = below(files.signed(snapshotName), "targets.json");
    String targetsName = targetsVersion + ".targets.json";
    names.put(Role.ROOT, rootName);
    names.put(Role.SNAPSHOT, snapshotName);
    names.put(Role.TARGETS, targetsName);
    JsonObject stated = files.signed(targetsName).object("targets");
    for (String path : stated.names()) {
      targets.put(path, TargetFile.parse(path, stated.object(path)));
    }
  }

  static PublishedState read(RepositoryFiles files) throws IOException, PublishException {
    try {
      return new PublishedState(files);
    } catch (JsonException e) {
      throw new PublishException("the repository's metadata is damaged");
    }
  }

  private static long below(JsonObject signed, String file) throws JsonException {
    return signed.object("meta").object(file).number("version");
  }

  RootMetadata root() {
    return root;
  }

  long timestampVersion() {
    return timestampVersion;
  }

  /** By path; a copy. */
  Map<String, TargetFile> targets() {
    return new TreeMap<>(targets);
  }

  Set<TargetFile> files() {
    return new HashSet<>(targets.values());
  }

  RoleStatus status(Role role, Signers signers, int keysHere) throws IOException, PublishException {
    try {
      JsonObject signed = files.signed(names.getOrDefault(role, "timestamp.json"));
      return new RoleStatus(
          role,
          signed.number("version"),
          signed.time("expires"),
          signers.keyIds().size(),
          signers.threshold(),
          keysHere);
    } catch (JsonException e) {
      throw new PublishException("the repository's metadata is damaged");
    }
  }

  List<Edition> editions() throws IOException, PublishException {
    List<Edition> editions = new ArrayList<>();
    for (TargetFile target : targets.values()) {
      if (target.path().endsWith("/manifest.json")) {
        editions.add(edition(target));
      }
    }
    return editions;
  }

  Optional<Edition> edition(String list) throws IOException, PublishException {
    TargetFile manifest = targets.get(TargetFile.manifestPath(list));
    return manifest == null ? Optional.empty() : Optional.of(edition(manifest));
  }

  /** The sudden changes of that list's size that were confirmed. */
  List<SizeChange> sizeChanges(String list) throws IOException, PublishException {
    TargetFile manifest = targets.get(TargetFile.manifestPath(list));
    try {
      return manifest == null ? List.of() : Manifest.sizeChanges(files.readTarget(manifest));
    } catch (JsonException e) {
      throw new PublishException("a manifest in the repository is damaged");
    }
  }

  private Edition edition(TargetFile manifest) throws IOException, PublishException {
    try {
      return Manifest.edition(files.readTarget(manifest));
    } catch (JsonException e) {
      throw new PublishException("a manifest in the repository is damaged");
    }
  }
}
