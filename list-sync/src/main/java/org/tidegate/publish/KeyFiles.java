package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.disk.Disk;

/**
 * The directory of signing keys. A file's name says for whom it is meant; whether its key counts,
 * the root alone says.
 */
final class KeyFiles {
  private final Path directory;
  private final Disk disk;
  private final @Nullable Passphrase passphrase;

  /**
   * @param passphrase of those that are encrypted, and of those that are made; null for none
   */
  KeyFiles(Path directory, Disk disk, @Nullable Passphrase passphrase) {
    this.directory = directory;
    this.disk = disk;
    this.passphrase = passphrase;
  }

  SigningKey generate(Role role) throws IOException {
    SigningKey key = SigningKey.generate(passphrase);
    add(role, key);
    return key;
  }

  void add(Role role, SigningKey key) throws IOException {
    disk.makePrivateDirectory(directory);
    disk.writePrivate(file(role, key.id()), key.file());
  }

  static SigningKey read(Path file) throws IOException, PublishException {
    return SigningKey.read(Files.readAllBytes(file));
  }

  /** Those of the keys that are here and can sign. */
  List<SigningKey> find(Collection<String> ids) throws IOException, PublishException {
    Map<String, SigningKey> all = new HashMap<>();
    for (Path file : disk.list(directory, "*.pem")) {
      SigningKey key = read(file);
      if (key.canSign()) {
        all.put(key.id(), key);
      }
    }
    List<SigningKey> found = new ArrayList<>();
    for (String id : ids) {
      SigningKey key = all.get(id);
      if (key != null) {
        found.add(key);
      }
    }
    return found;
  }

  /** The signatures of those keys under a message. */
  List<Map<String, String>> sign(Collection<SigningKey> keys, byte[] message)
      throws IOException, PublishException {
    List<Map<String, String>> signatures = new ArrayList<>();
    for (SigningKey key : keys) {
      signatures.add(key.sign(message, passphrase));
    }
    return signatures;
  }

  /** Deletes every key of the role but these. */
  void retain(Role role, Collection<String> ids) throws IOException {
    List<String> names = ids.stream().map(id -> file(role, id).getFileName().toString()).toList();
    for (Path file : disk.list(directory, role.id() + "-*.pem")) {
      if (!names.contains(file.getFileName().toString())) {
        disk.delete(file);
      }
    }
  }

  private Path file(Role role, String id) {
    return directory.resolve(role.id() + "-" + id.substring(0, 16) + ".pem");
  }
}
