package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/**
 * New roots that wait for signatures, in one file: it goes from signer to signer, and nothing of it
 * is secret. Immutable.
 */
final class PendingRoots {
  private static final int FORMAT = 1;

  private final List<PendingRoot> roots;

  private PendingRoots(List<PendingRoot> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Roots that nobody has signed, the oldest first. */
  static PendingRoots of(List<Signed> unsigned) throws PublishException {
    List<PendingRoot> roots = new ArrayList<>();
    for (Signed root : unsigned) {
      roots.add(PendingRoot.parse(root.bytes()));
    }
    return new PendingRoots(roots);
  }

  static Optional<PendingRoots> find(Path file) throws IOException, PublishException {
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  static PendingRoots read(Path file) throws IOException, PublishException {
    try {
      List<PendingRoot> roots = new ArrayList<>();
      for (String root : Json.parse(Files.readAllBytes(file)).strings("roots")) {
        roots.add(PendingRoot.parse(root.getBytes(UTF_8)));
      }
      if (!roots.isEmpty()) {
        return new PendingRoots(roots);
      }
    } catch (JsonException e) {
      // told below
    }
    throw new PublishException("no roots to be signed (expected: a pending.json)");
  }

  void write(Path file, Disk disk) throws IOException {
    List<String> texts = roots.stream().map(root -> new String(root.bytes(), UTF_8)).toList();
    disk.writePublic(file, CanonicalJson.bytes(Map.of("format", FORMAT, "roots", texts)));
  }

  List<PendingRoot> roots() {
    return roots;
  }

  /** These with that key's signature on every root. */
  PendingRoots signedBy(SigningKey key, @Nullable Passphrase passphrase)
      throws IOException, PublishException {
    List<PendingRoot> signed = new ArrayList<>();
    for (PendingRoot root : roots) {
      signed.add(root.with(List.of(key.sign(root.message(), passphrase))));
    }
    return new PendingRoots(signed);
  }

  /**
   * These, each signed by the keys of the root before it and by its own, as far as they are here.
   */
  PendingRoots signedBy(KeyFiles keys, RootMetadata current) throws IOException, PublishException {
    List<PendingRoot> signed = new ArrayList<>();
    RootMetadata before = current;
    for (PendingRoot root : roots) {
      List<SigningKey> signers = keys.find(root.signers(before));
      signed.add(root.with(keys.sign(signers, root.message())));
      before = root.metadata();
    }
    return new PendingRoots(signed);
  }

  /** These with the signatures of the others too, which must be the same roots. */
  PendingRoots merged(PendingRoots others) throws PublishException {
    List<PendingRoot> merged = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (others.roots.size() != roots.size() || !roots.get(i).isSame(others.roots.get(i))) {
        throw new PublishException("the signed file is of another rotation");
      }
      merged.add(roots.get(i).with(others.roots.get(i).signatures()));
    }
    return new PendingRoots(merged);
  }

  /** What is missing before gateways would follow; empty where nothing is. */
  List<String> missing(RootMetadata current) throws PublishException {
    List<String> missing = new ArrayList<>();
    RootMetadata before = current;
    for (PendingRoot root : roots) {
      root.missing(before).ifPresent(missing::add);
      before = root.metadata();
    }
    return missing;
  }
}
