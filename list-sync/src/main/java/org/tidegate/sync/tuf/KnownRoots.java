package org.tidegate.sync.tuf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.sync.json.JsonException;

/** A repository that cannot withhold a root which was verified before. */
final class KnownRoots implements Repository {
  private final Map<String, byte[]> roots = new HashMap<>();
  private final Repository repository;

  KnownRoots(List<byte[]> roots, Repository repository) throws RefusedException {
    this.repository = repository;
    for (byte[] root : roots) {
      this.roots.put(name(root), root);
    }
  }

  /** The name under which a repository has this root. */
  static String name(byte[] root) throws RefusedException {
    try {
      return TrustedMetadata.signed(root).number("version") + ".root.json";
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.STORE);
    }
  }

  @Override
  public InputStream open(String path) throws IOException {
    byte[] root = roots.get(path);
    return root == null ? repository.open(path) : new ByteArrayInputStream(root);
  }
}
