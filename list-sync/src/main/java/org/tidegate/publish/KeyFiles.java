package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.sync.disk.Disk;

/**
 * The directory of signing keys. A file's name says for whom it is meant; whether its key counts,
 * the root alone says.
 */
final class KeyFiles {
  private final Path directory;
  private final Disk disk;

  KeyFiles(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  SigningKey generate(Role role) throws IOException {
    SigningKey key = SigningKey.generate();
    disk.makePrivateDirectory(directory);
    disk.writePrivate(file(role, key.id()), key.file());
    return key;
  }

  /** Those of the keys that are here. */
  List<SigningKey> find(Collection<String> ids) throws IOException, PublishException {
    Map<String, SigningKey> all = new HashMap<>();
    for (Path file : disk.list(directory, "*.pem")) {
      SigningKey key = SigningKey.read(Files.readAllBytes(file));
      all.put(key.id(), key);
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
