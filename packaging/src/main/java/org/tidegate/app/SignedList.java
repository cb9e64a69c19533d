package org.tidegate.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidegate.app.config.ListSettings;
import org.tidegate.app.config.ListSource.Signed;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.ListInstaller;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.ListStore;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateRules;
import org.tidegate.sync.tuf.DirectoryRepository;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;
import org.tidegate.sync.tuf.MetadataClient;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;

/** A list that its publisher signs, with the root and the keys that the configuration names. */
@SuppressWarnings("ArrayRecordComponent") // compared by isSame
record SignedList(
    String name,
    Signed settings,
    HttpAccess access,
    byte[] accessFiles,
    byte[] trustedRoot,
    List<ListKey> keys) {
  private static final int LARGEST_ROOT = 512 * 1024;

  /**
   * Reads root and keys.
   *
   * @throws UnusableException where one of them cannot be used
   */
  static SignedList read(ListSettings list, Signed settings) throws UnusableException {
    byte[] root = root(settings.trustedRoot());
    List<ListKey> keys = new ArrayList<>();
    for (Path file : settings.listKeys()) {
      keys.add(key(file));
    }
    if (Files.exists(settings.store()) && !Files.isDirectory(settings.store())) {
      throw new UnusableException("store: no directory (expected: a directory)");
    }
    // Before they are used: a file that is replaced meanwhile is another at the next reading.
    byte[] accessFiles = RepositoryAccess.digest(settings.access());
    return new SignedList(
        list.name(),
        settings,
        RepositoryAccess.open(settings.access()),
        accessFiles,
        root,
        List.copyOf(keys));
  }

  private static byte[] root(Path file) throws UnusableException {
    try {
      if (Files.size(file) > LARGEST_ROOT) {
        throw new UnusableException(
            "trusted-root: too large (expected: the publisher's root.json)");
      }
      byte[] root = Files.readAllBytes(file);
      MetadataClient.checkRoot(root);
      return root;
    } catch (RefusedException e) {
      throw new UnusableException(
          "trusted-root: " + e.reason().code() + " (expected: the publisher's root.json)");
    } catch (IOException e) {
      throw new UnusableException(
          "trusted-root: cannot be read (expected: the publisher's root.json)");
    }
  }

  static ListKey key(Path file) throws UnusableException {
    try {
      return ListKeyFile.read(file);
    } catch (IOException e) {
      throw new UnusableException("list-key: cannot be read (expected: a key file)");
    } catch (PublishException e) {
      throw new UnusableException("list-key: " + e.getMessage());
    }
  }

  /** Whether it is fetched, checked and stored in the very same way. */
  boolean isSame(SignedList other) {
    return name.equals(other.name)
        && settings.equals(other.settings)
        && Arrays.equals(accessFiles, other.accessFiles)
        && Arrays.equals(trustedRoot, other.trustedRoot)
        && keys.equals(other.keys);
  }

  ListUpdater updater(ListInstaller installer) {
    List<Repository> repositories = new ArrayList<>();
    for (URI place : settings.repositories()) {
      repositories.add(repository(place, access));
    }
    return new ListUpdater(
        new ListSource(name, repositories, trustedRoot, keys),
        new UpdateRules(settings.lateness(), settings.anySize()),
        new ListStore(settings.store()),
        installer);
  }

  /** The repository at an http, https or file URI. */
  static Repository repository(URI place, HttpAccess access) {
    return "file".equalsIgnoreCase(place.getScheme())
        ? new DirectoryRepository(Path.of(place))
        : new HttpRepository(place, access);
  }

  @Override
  public String toString() {
    return "SignedList[" + name + "]";
  }
}
