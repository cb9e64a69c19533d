package org.tidegate.publish;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.publish.RootMetadata.Signers;
import org.tidegate.sync.json.CanonicalJson;

/** Signs metadata with the keys that are here, and writes it in the order that gateways need. */
final class RepositorySigner {
  private final RepositoryFiles files;
  private final KeyFiles keys;
  private final Lifetimes lifetimes;
  private final Instant now;

  RepositorySigner(RepositoryFiles files, KeyFiles keys, Lifetimes lifetimes, Instant now) {
    this.files = files;
    this.keys = keys;
    this.lifetimes = lifetimes;
    this.now = now;
  }

  /** The timestamp last: before it is there, nothing has happened. */
  void sign(RootMetadata root, Map<String, TargetFile> targets, long timestampVersion)
      throws IOException, PublishException {
    Map<String, Object> stated = new HashMap<>();
    targets.forEach((path, target) -> stated.put(path, target.fields()));
    Signed newTargets =
        signed(root, Role.TARGETS, files.highest(Role.TARGETS) + 1, Map.of("targets", stated));
    Signed snapshot =
        signed(root, Role.SNAPSHOT, files.highest(Role.SNAPSHOT) + 1, newTargets.stated());
    Signed timestamp = signed(root, Role.TIMESTAMP, timestampVersion, snapshot.stated());
    files.write(newTargets);
    files.write(snapshot);
    files.write(timestamp);
  }

  private Signed signed(RootMetadata root, Role role, long version, Map<String, Object> fields)
      throws IOException, PublishException {
    Map<String, Object> signed = Signed.fields(role, version, lifetimes.expiry(role, now), fields);
    List<SigningKey> signers = signers(root, role);
    return Signed.of(role, version, signed, keys.sign(signers, CanonicalJson.message(signed)));
  }

  /** A root, signed by nobody yet. */
  Signed unsigned(RootMetadata root) {
    Map<String, Object> signed =
        Signed.fields(Role.ROOT, root.version(), lifetimes.expiry(Role.ROOT, now), root.fields());
    return Signed.of(Role.ROOT, root.version(), signed, List.of());
  }

  private List<SigningKey> signers(RootMetadata root, Role role)
      throws IOException, PublishException {
    Signers signers = root.signers(role);
    List<SigningKey> found = keys.find(signers.keyIds());
    if (found.size() < signers.threshold()) {
      throw new PublishException(
          found.size()
              + " "
              + role.id()
              + " keys are here (expected: "
              + signers.threshold()
              + " or more)");
    }
    return found;
  }
}
