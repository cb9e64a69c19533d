package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** The name of {@link #preCheckKeyFile}. */
  public static final String PRE_CHECK_KEY = "pre-check.key";

  /** A shorter list comes whole within seconds: a file less that may be amiss. */
  static final int PATCHES_FROM = 8 << 20;

  private final Path directory;
  private final Disk disk;
  private final KeyFiles keys;
  private final RepositoryFiles files;
  private final Lifetimes lifetimes;
  private final int patchesFrom;

  private Publisher(
      Path directory,
      Disk disk,
      Lifetimes lifetimes,
      @Nullable Passphrase passphrase,
      int patchesFrom) {
    this.directory = directory;
    this.disk = disk;
    this.lifetimes = lifetimes;
    this.patchesFrom = patchesFrom;
    this.keys = new KeyFiles(directory.resolve("keys"), disk, passphrase);
    this.files = new RepositoryFiles(directory.resolve("repository"), disk);
  }

  /** How many root keys there are, and how many of them must sign. */
  public record RootKeys(int count, int threshold) {
    public static final RootKeys DEFAULT = new RootKeys(3, 2);
    static final int MOST = 20;

    public RootKeys {
      if (threshold < 1 || count < threshold || count > MOST) {
        throw new IllegalArgumentException(
            threshold + " of " + count + " root keys (expected: 1 to 20, threshold within)");
      }
    }
  }

  /**
   * Makes keys, a trusted root and an empty repository.
   *
   * @param passphrase that key files are encrypted with; null for none
   */
  public static Publisher init(
      Path directory,
      RootKeys rootKeys,
      Lifetimes lifetimes,
      @Nullable Passphrase passphrase,
      Instant now)
      throws IOException, PublishException {
    return init(directory, rootKeys, lifetimes, passphrase, now, new Disk());
  }

  /** One whose key files are not encrypted. */
  public static Publisher init(Path directory, RootKeys rootKeys, Lifetimes lifetimes, Instant now)
      throws IOException, PublishException {
    return init(directory, rootKeys, lifetimes, null, now);
  }

  static Publisher init(
      Path directory,
      RootKeys rootKeys,
      Lifetimes lifetimes,
      @Nullable Passphrase passphrase,
      Instant now,
      Disk disk)
      throws IOException, PublishException {
    disk.makePublicDirectory(directory);
    Publisher publisher = new Publisher(directory, disk, lifetimes, passphrase, PATCHES_FROM);
    try (FileChannel lock = disk.lock(directory)) {
      if (Files.exists(publisher.trustedRoot())) {
        throw new PublishException("the directory is a publisher's already");
      }
      publisher.init(rootKeys, now);
    }
    return publisher;
  }

  /**
   * A publisher's directory that is there.
   *
   * @param passphrase that its key files are encrypted with; null where they are not
   */
  public static Publisher open(Path directory, Lifetimes lifetimes, @Nullable Passphrase passphrase)
      throws PublishException {
    return open(directory, lifetimes, passphrase, new Disk(), PATCHES_FROM);
  }

  /** One whose key files are not encrypted. */
  public static Publisher open(Path directory, Lifetimes lifetimes) throws PublishException {
    return open(directory, lifetimes, null);
  }

  /**
   * One on that disk.
   *
   * @param patchesFrom from how many bytes on lists get a patch of the edition before
   */
  static Publisher open(
      Path directory,
      Lifetimes lifetimes,
      @Nullable Passphrase passphrase,
      Disk disk,
      int patchesFrom)
      throws PublishException {
    Publisher publisher = new Publisher(directory, disk, lifetimes, passphrase, patchesFrom);
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

  /** The file with the secret of the pre-checks, for applications that should not hold a list. */
  public Path preCheckKeyFile() {
    return directory.resolve(PRE_CHECK_KEY);
  }

  /** Where new roots wait for signatures; it may be copied to whoever signs. */
  public Path pendingFile() {
    return directory.resolve("pending.json");
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
      ListKey preCheckKey = preCheckKey();
      Instant created = now.truncatedTo(ChronoUnit.SECONDS);
      Draft draft = Draft.compile(key, Optional.of(preCheckKey), name, serial, created, source);
      int before = last.map(Edition::entries).orElse(0);
      if (!anySize) {
        draft.requireUsualSize(before);
      }
      Optional<SizeChange> change = SizeChange.find(serial, before, draft.entries());
      List<SizeChange> changes = SizeChange.join(state.sizeChanges(name), change);
      Optional<EditionDelta> delta = EditionDelta.make(files, state, draft, last, patchesFrom);
      write(state, draft, delta, key, preCheckKey, changes, now);
      return draft;
    }
  }

  /**
   * Whether the list's newest edition has these entries already; if so, it signs a new timestamp.
   */
  public boolean isUnchanged(String name, EntrySource source, Instant now)
      throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      PublishedState state = PublishedState.read(files);
      Optional<Edition> last = state.edition(name);
      if (last.isEmpty()) {
        return false;
      }
      long serial = last.get().serial();
      TargetFile published = state.targets().get(TargetFile.listPath(name, serial));
      ListKey key = ListKeyFile.read(listKeyFile());
      // The compiler gives the same bytes for the same entries.
      Draft same = Draft.compile(key, Optional.empty(), name, serial, last.get().created(), source);
      boolean unchanged =
          TargetFile.of(TargetFile.listPath(name, serial), same.bytes()).equals(published);
      if (unchanged) {
        signer(now).sign(state.root(), state.targets(), state.timestampVersion() + 1);
      }
      return unchanged;
    }
  }

  /** Makes a list key for gateways to have before it is used; answers its id. */
  public String makeNextListKey() throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      if (Files.exists(nextListKeyFile())) {
        throw new PublishException("a next list key is there already (--finish uses it)");
      }
      return writeListKey(nextListKeyFile());
    }
  }

  /** Compiles with the next list key from now on; answers its id. */
  public String useNextListKey() throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      if (!Files.exists(nextListKeyFile())) {
        throw new PublishException("there is no next list key");
      }
      ListKey next = ListKeyFile.read(nextListKeyFile());
      disk.writePrivate(listKeyFile(), Files.readAllBytes(nextListKeyFile()));
      disk.delete(nextListKeyFile());
      return next.id();
    }
  }

  /** Where the list key lies that is to be used next. */
  public Path nextListKeyFile() {
    return directory.resolve("next-list.key");
  }

  private String writeListKey(Path file) throws IOException {
    ListKey key = ListKey.random(new SecureRandom());
    disk.writePrivate(file, (HEX.formatHex(key.bytes()) + "\n").getBytes(US_ASCII));
    return key.id();
  }

  /** Signs a new timestamp, and a new snapshot, of what is published. */
  public void refresh(Instant now) throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      PublishedState state = PublishedState.read(files);
      signer(now).sign(state.root(), state.targets(), state.timestampVersion() + 1);
    }
  }

  /**
   * Begins to replace the keys of a role, and ends it where enough root keys are here.
   *
   * @return what is missing: signatures, which {@link #sign} adds
   */
  public List<String> rotate(Rotation rotation, Instant now) throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      return rotation(now).begin(rotation);
    }
  }

  /**
   * Adds signatures to a rotation that waits for them: of the keys that are here, and those of
   * copies of {@link #pendingFile} that were signed elsewhere.
   *
   * @return what is missing still
   */
  public List<String> sign(List<Path> signedElsewhere, Instant now)
      throws IOException, PublishException {
    try (FileChannel lock = disk.lock(directory)) {
      List<PendingRoots> others = new ArrayList<>();
      for (Path file : signedElsewhere) {
        others.add(PendingRoots.read(file));
      }
      return rotation(now).resume(others);
    }
  }

  /** Adds a key's signature to a copy of {@link #pendingFile}, far from any publisher. */
  public static void signElsewhere(
      Path pending, SigningKeyFile key, @Nullable Passphrase passphrase)
      throws IOException, PublishException {
    PendingRoots.read(pending).signedBy(key.key(), passphrase).write(pending, new Disk());
  }

  private KeyRotation rotation(Instant now) {
    return new KeyRotation(directory, disk, keys, files, signer(now));
  }

  private void init(RootKeys rootKeys, Instant now) throws IOException, PublishException {
    disk.makePrivateDirectory(directory.resolve("keys"));
    Map<Role, List<SigningKey>> signers = new HashMap<>();
    for (Role role : Role.values()) {
      signers.put(role, generate(role, role == Role.ROOT ? rootKeys.count() : 1));
      keys.retain(role, ids(signers.get(role)));
    }
    if (!Files.exists(listKeyFile())) {
      writeListKey(listKeyFile());
    }
    preCheckKey();
    RootMetadata root = RootMetadata.first(signers, rootKeys.threshold());
    RepositorySigner signer = signer(now);
    PendingRoots unsigned = PendingRoots.of(List.of(signer.unsigned(root)));
    byte[] file = unsigned.signedBy(keys, root).roots().get(0).publishable(root);
    files.write(new Signed(Role.ROOT, root.version(), file));
    signer.sign(root, Map.of(), 1);
    // Last: with it the directory is a publisher's.
    disk.writePublic(trustedRoot(), file);
  }

  /** A publisher's directory that was made before there were pre-checks has none. */
  private ListKey preCheckKey() throws IOException, PublishException {
    if (!Files.exists(preCheckKeyFile())) {
      writeListKey(preCheckKeyFile());
    }
    return ListKeyFile.read(preCheckKeyFile());
  }

  private void write(
      PublishedState state,
      Draft draft,
      Optional<EditionDelta> delta,
      ListKey key,
      ListKey preCheckKey,
      List<SizeChange> sizeChanges,
      Instant now)
      throws IOException, PublishException {
    TargetFile list =
        TargetFile.of(TargetFile.listPath(draft.name(), draft.serial()), draft.bytes());
    byte[] preCheckBytes = draft.compilation().preCheck().orElseThrow();
    TargetFile preCheck =
        TargetFile.of(TargetFile.preCheckPath(draft.name(), draft.serial()), preCheckBytes);
    byte[] manifest =
        Manifest.of(
            draft, list, delta, new PreCheckTarget(preCheck, preCheckKey), key, now, sizeChanges);
    TargetFile manifestFile = TargetFile.of(TargetFile.manifestPath(draft.name()), manifest);
    files.writeTarget(list, draft.bytes());
    files.writeTarget(preCheck, preCheckBytes);
    files.writeTarget(manifestFile, manifest);
    Map<String, TargetFile> targets = state.targets();
    targets.keySet().removeIf(path -> path.startsWith("lists/" + draft.name() + "/"));
    if (delta.isPresent()) {
      files.writeTarget(delta.get().file(), delta.get().bytes());
      targets.put(delta.get().file().path(), delta.get().file());
    }
    targets.put(list.path(), list);
    targets.put(preCheck.path(), preCheck);
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
