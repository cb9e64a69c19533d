package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.RootMetadata.Signers;
import org.tidegate.sync.disk.Disk;

/**
 * The publisher's directory: keys, trusted root, list key, and the repository that gateways read.
 * Whatever is killed when, gateways see the editions before or the editions after. For one thread;
 * other processes are kept out by a lock.
 */
public final class Publisher {
  private static final HexFormat HEX = HexFormat.of();

  private final Path directory;
  private final Disk disk;
  private final KeyFiles keys;
  private final RepositoryFiles files;
  private final Lifetimes lifetimes;

  private Publisher(Path directory, Disk disk, Lifetimes lifetimes) {
    this.directory = directory;
    this.disk = disk;
    this.lifetimes = lifetimes;
    this.keys = new KeyFiles(directory.resolve("keys"), disk);
    this.files = new RepositoryFiles(directory.resolve("repository"), disk);
  }

  /** How many root keys there are, and how many of them must sign. */
  public record RootKeys(int count, int threshold) {
    public static final RootKeys DEFAULT = new RootKeys(3, 2);

    public RootKeys {
      if (threshold < 1 || count < threshold || count > 20) {
        throw new IllegalArgumentException(
            threshold + " of " + count + " root keys (expected: 1 to 20, threshold within)");
      }
    }
  }

  /** Makes keys, a trusted root and an empty repository. */
  public static Publisher init(Path directory, RootKeys rootKeys, Lifetimes lifetimes, Instant now)
      throws IOException, PublishException {
    return init(directory, rootKeys, lifetimes, now, new Disk());
  }

  static Publisher init(
      Path directory, RootKeys rootKeys, Lifetimes lifetimes, Instant now, Disk disk)
      throws IOException, PublishException {
    disk.makePublicDirectory(directory);
    Publisher publisher = new Publisher(directory, disk, lifetimes);
    try (FileChannel lock = disk.lock(directory)) {
      if (Files.exists(publisher.trustedRoot())) {
        throw new PublishException("the directory is a publisher's already");
      }
      publisher.init(rootKeys, now);
    }
    return publisher;
  }

  /** A publisher's directory that is there. */
  public static Publisher open(Path directory, Lifetimes lifetimes) throws PublishException {
    return open(directory, lifetimes, new Disk());
  }

  static Publisher open(Path directory, Lifetimes lifetimes, Disk disk) throws PublishException {
    Publisher publisher = new Publisher(directory, disk, lifetimes);
    if (!Files.exists(publisher.trustedRoot())) {
      throw new PublishException("the directory is no publisher's (tidegate list init makes one)");
    }
    return publisher;
  }

  /** The file that gateways trust. */
  public Path trustedRoot() {
    return directory.resolve("root.json");
  }

  /** The file with the secret under which lists are hashed. */
  public Path listKeyFile() {
    return directory.resolve("list.key");
  }

  /** The directory for a web server to serve. */
  public Path repository() {
    return directory.resolve("repository");
  }

  /** Every list's newest edition. */
  public List<Edition> editions() throws IOException, PublishException {
    return PublishedState.read(files).editions();
  }

  /** How every role stands. */
  public List<RoleStatus> roles() throws IOException, PublishException {
    PublishedState state = PublishedState.read(files);
    List<RoleStatus> roles = new ArrayList<>();
    for (Role role : Role.values()) {
      Signers signers = state.root().signers(role);
      int here = keys.find(signers.keyIds()).size();
      roles.add(state.status(role, signers, here));
    }
    return roles;
  }

  /**
   * Compiles, signs and publishes the next edition of a list.
   *
   * @param anySize publishes it also where it has grown or shrunk suddenly
   */
  public Draft publish(String name, EntrySource source, boolean anySize, Instant now)
      throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      PublishedState state = PublishedState.read(files);
      Optional<Edition> last = state.edition(name);
      long serial = last.map(Edition::serial).orElse(0L) + 1;
      ListKey key = ListKeyFile.read(listKeyFile());
      Draft draft = Draft.compile(key, name, serial, now, source);
      if (!anySize) {
        SizeGuard.check(last.map(Edition::entries).orElse(0), draft.entries());
      }
      write(state, draft, key, now);
      return draft;
    }
  }

  /** Signs a new timestamp, and a new snapshot, of what is published. */
  public void refresh(Instant now) throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      PublishedState state = PublishedState.read(files);
      signer(now).sign(state.root(), state.targets(), state.timestampVersion() + 1);
    }
  }

  /**
   * Replaces the keys of a role. A role but the root has its old and its new key for a moment, so
   * that at every step all that is published is signed as the newest root demands.
   */
  public void rotate(Role role, Instant now) throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      PublishedState state = PublishedState.read(files);
      RootMetadata root = state.root();
      List<SigningKey> fresh =
          generate(role, role == Role.ROOT ? root.signers(role).keyIds().size() : 1);
      List<String> freshIds = ids(fresh);
      RepositorySigner signer = signer(now);
      if (role != Role.ROOT) {
        List<String> both = new ArrayList<>(root.signers(role).keyIds());
        both.addAll(freshIds);
        RootMetadata overlapping = root.next(role, both, fresh);
        signer.writeRoot(root, overlapping);
        signer.sign(overlapping, state.targets(), state.timestampVersion() + 1);
        root = overlapping;
      }
      byte[] file = signer.writeRoot(root, root.next(role, freshIds, fresh));
      disk.writePublic(trustedRoot(), file);
      keys.retain(role, freshIds);
    }
  }

  private void init(RootKeys rootKeys, Instant now) throws IOException, PublishException {
    disk.makePrivateDirectory(directory.resolve("keys"));
    Map<Role, List<SigningKey>> signers = new HashMap<>();
    for (Role role : Role.values()) {
      signers.put(role, generate(role, role == Role.ROOT ? rootKeys.count() : 1));
      keys.retain(role, ids(signers.get(role)));
    }
    if (!Files.exists(listKeyFile())) {
      ListKey key = ListKey.random(new SecureRandom());
      disk.writePrivate(listKeyFile(), (HEX.formatHex(key.bytes()) + "\n").getBytes(US_ASCII));
    }
    RootMetadata root = RootMetadata.first(signers, rootKeys.threshold());
    RepositorySigner signer = signer(now);
    byte[] file = signer.writeRoot(root, root);
    signer.sign(root, Map.of(), 1);
    // Last: with it the directory is a publisher's.
    disk.writePublic(trustedRoot(), file);
  }

  private void write(PublishedState state, Draft draft, ListKey key, Instant now)
      throws IOException, PublishException {
    TargetFile list =
        TargetFile.of(TargetFile.listPath(draft.name(), draft.serial()), draft.bytes());
    byte[] manifest = Manifest.of(draft, list, key, now);
    TargetFile manifestFile = TargetFile.of(TargetFile.manifestPath(draft.name()), manifest);
    files.writeTarget(list, draft.bytes());
    files.writeTarget(manifestFile, manifest);
    Map<String, TargetFile> targets = state.targets();
    targets.keySet().removeIf(path -> path.startsWith("lists/" + draft.name() + "/"));
    targets.put(list.path(), list);
    targets.put(manifestFile.path(), manifestFile);
    signer(now).sign(state.root(), targets, state.timestampVersion() + 1);
    files.prune(PublishedState.read(files).files());
  }

  private RepositorySigner signer(Instant now) {
    return new RepositorySigner(files, keys, lifetimes, now);
  }

  private List<SigningKey> generate(Role role, int count) throws IOException {
    List<SigningKey> fresh = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fresh.add(keys.generate(role));
    }
    return fresh;
  }

  private static List<String> ids(List<SigningKey> keys) {
    return keys.stream().map(SigningKey::id).toList();
  }
}
