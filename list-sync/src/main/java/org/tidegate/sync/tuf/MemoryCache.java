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

  /** Begins with a chain of roots, of which the newest is trusted. */
  MemoryCache(List<byte[]> roots) {
    roots.forEach(root -> write(TrustedSet.ROOT, root));
  }

  /** Goes on with what was verified before. */
  void putEarlier(TrustedMetadata trusted) {
    write(TrustedSet.TIMESTAMP, trusted.timestamp());
    write(TrustedSet.SNAPSHOT, trusted.snapshot());
    write(TrustedSet.TARGETS, trusted.targets());
  }

  /** From the oldest to the newest. */
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
