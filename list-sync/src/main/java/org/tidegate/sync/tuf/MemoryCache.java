package org.tidegate.sync.tuf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one run trusts: kept by the caller where the run is good, and forgotten where it is not. */
final class MemoryCache implements MetadataCache {
  private final Map<String, byte[]> roles = new HashMap<>();
  private final List<byte[]> roots = new ArrayList<>();

  /** Begins with a root that the operator trusts. */
  MemoryCache(byte[] trustedRoot) {
    write(TrustedSet.ROOT, trustedRoot);
  }

  /** Goes on with what was verified before. */
  static MemoryCache of(TrustedMetadata trusted) {
    MemoryCache cache = new MemoryCache(trusted.roots().get(0));
    trusted.roots().stream().skip(1).forEach(root -> cache.write(TrustedSet.ROOT, root));
    cache.write(TrustedSet.TIMESTAMP, trusted.timestamp());
    cache.write(TrustedSet.SNAPSHOT, trusted.snapshot());
    cache.write(TrustedSet.TARGETS, trusted.targets());
    return cache;
  }

  /** From the first trusted one to the newest. */
  List<byte[]> roots() {
    return List.copyOf(roots);
  }

  TrustedMetadata trusted() {
    return new TrustedMetadata(
        roots(), get(TrustedSet.TIMESTAMP), get(TrustedSet.SNAPSHOT), get(TrustedSet.TARGETS));
  }

  private byte[] get(String role) {
    return read(role).orElseThrow(() -> new IllegalStateException("a good run has every role"));
  }

  @Override
  public Optional<byte[]> read(String role) {
    return Optional.ofNullable(roles.get(role));
  }

  @Override
  public void write(String role, byte[] bytes) {
    roles.put(role, bytes);
    if (role.equals(TrustedSet.ROOT)) {
      roots.add(bytes);
    }
  }
}
