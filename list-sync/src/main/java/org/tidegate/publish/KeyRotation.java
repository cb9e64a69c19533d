package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidegate.publish.RootMetadata.Signers;
import org.tidegate.sync.disk.Disk;

/**
 * Replaces keys, in one or two new roots: a role but the root has its old and its new key for a
 * moment, so that at every step all that is published is signed as the newest root demands. The new
 * roots lie in {@code pending.json} until a threshold has signed them; killed at any moment, it
 * goes on from there.
 */
final class KeyRotation {
  private final Path pendingFile;
  private final Path trustedRoot;
  private final Disk disk;
  private final KeyFiles keys;
  private final RepositoryFiles files;
  private final RepositorySigner signer;

  KeyRotation(
      Path directory, Disk disk, KeyFiles keys, RepositoryFiles files, RepositorySigner signer) {
    this.pendingFile = directory.resolve("pending.json");
    this.trustedRoot = directory.resolve("root.json");
    this.disk = disk;
    this.keys = keys;
    this.files = files;
    this.signer = signer;
  }

  /**
   * Begins one, and ends it where enough keys are here.
   *
   * @return what is missing
   */
  List<String> begin(Rotation rotation) throws IOException, PublishException {
    Optional<PendingRoots> before = PendingRoots.find(pendingFile);
    if (before.isPresent() && !finish(before.get()).isEmpty()) {
      throw new PublishException(
          "a rotation waits for signatures (tidegate list sign adds them; without pending.json it"
              + " is forgotten)");
    }
    PublishedState state = PublishedState.read(files);
    List<Signed> unsigned = new ArrayList<>();
    for (RootMetadata root : roots(state.root(), rotation)) {
      unsigned.add(signer.unsigned(root));
    }
    return finish(PendingRoots.of(unsigned));
  }

  /** Goes on with the one that waits; as {@link #begin}. */
  List<String> resume(List<PendingRoots> signedElsewhere) throws IOException, PublishException {
    PendingRoots pending =
        PendingRoots.find(pendingFile)
            .orElseThrow(() -> new PublishException("no rotation waits for signatures"));
    for (PendingRoots others : signedElsewhere) {
      pending = pending.merged(others);
    }
    return finish(pending);
  }

  private List<RootMetadata> roots(RootMetadata root, Rotation rotation)
      throws IOException, PublishException {
    Role role = rotation.role();
    Signers before = root.signers(role);
    List<SigningKey> fresh = new ArrayList<>();
    int made = rotation.count() > 0 ? rotation.count() : before.keyIds().size();
    for (SigningKeyFile given : rotation.given()) {
      keys.add(role, given.key());
      fresh.add(given.key());
    }
    while (rotation.given().isEmpty() && fresh.size() < made) {
      fresh.add(keys.generate(role));
    }
    int threshold = rotation.threshold() > 0 ? rotation.threshold() : before.threshold();
    if (threshold > fresh.size()) {
      throw new PublishException(
          "threshold "
              + threshold
              + " (expected: at most "
              + fresh.size()
              + ", the number of keys)");
    }
    List<String> ids = fresh.stream().map(SigningKey::id).toList();
    if (role == Role.ROOT) {
      return List.of(root.next(role, ids, threshold, fresh));
    }
    List<String> both = new ArrayList<>(before.keyIds());
    both.addAll(ids);
    RootMetadata overlapping = root.next(role, both, before.threshold(), fresh);
    return List.of(overlapping, overlapping.next(role, ids, threshold, fresh));
  }

  private List<String> finish(PendingRoots unfinished) throws IOException, PublishException {
    PublishedState state = PublishedState.read(files);
    RootMetadata before = files.rootBefore(unfinished.roots().get(0).metadata().version());
    PendingRoots pending = unfinished.signedBy(keys, before);
    pending.write(pendingFile, disk);
    List<String> missing = pending.missing(before);
    if (!missing.isEmpty()) {
      return missing;
    }
    for (PendingRoot root : pending.roots()) {
      publish(root, before, state);
      before = root.metadata();
    }
    disk.writePublic(trustedRoot, files.read(before.version() + ".root.json"));
    for (Role role : Role.values()) {
      keys.retain(role, before.signers(role).keyIds());
    }
    disk.delete(pendingFile);
    return List.of();
  }

  /** What is published is signed anew under every root, before the next one comes. */
  private void publish(PendingRoot root, RootMetadata before, PublishedState state)
      throws IOException, PublishException {
    RootMetadata metadata = root.metadata();
    if (metadata.version() > state.root().version()) {
      files.write(new Signed(Role.ROOT, metadata.version(), root.publishable(before)));
    }
    if (!metadata.sameSigners(before)) {
      long timestamp = PublishedState.read(files).timestampVersion() + 1;
      signer.sign(metadata, state.targets(), timestamp);
    }
  }
}
