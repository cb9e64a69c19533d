package org.tidegate.publish;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.publish.RootMetadata.Signers;

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
    files.write(newTargets);
    files.write(snapshot);
    files.write(signed(root, Role.TIMESTAMP, timestampVersion, snapshot.stated()));
  }

  private Signed signed(RootMetadata root, Role role, long version, Map<String, Object> fields)
      throws IOException, PublishException {
    List<SigningKey> signers = signers(root, role);
    return Signed.of(role, version, lifetimes.expiry(role, now), fields, signers);
  }

  /** A new root is signed by the old root's keys and by its own. */
  byte[] writeRoot(RootMetadata old, RootMetadata root) throws IOException, PublishException {
    List<SigningKey> signers = new ArrayList<>(signers(old, Role.ROOT));
    List<String> have = signers.stream().map(SigningKey::id).toList();
    signers(root, Role.ROOT).stream().filter(key -> !have.contains(key.id())).forEach(signers::add);
    Signed signed =
        Signed.of(
            Role.ROOT, root.version(), lifetimes.expiry(Role.ROOT, now), root.fields(), signers);
    files.write(signed);
    return signed.bytes();
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
