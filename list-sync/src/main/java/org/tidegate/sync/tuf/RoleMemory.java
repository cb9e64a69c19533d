package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sigstore.json.GsonSupplier;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.MetaStore;
import dev.sigstore.tuf.model.Root;
import dev.sigstore.tuf.model.SignedTufMeta;
import dev.sigstore.tuf.model.Snapshot;
import dev.sigstore.tuf.model.TufMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one run trusts so far: each role as sigstore read it, and the bytes that it read. */
final class RoleMemory implements MetaStore {
  static final String ROOT = "root";
  static final String TIMESTAMP = "timestamp";
  static final String SNAPSHOT = "snapshot";
  static final String TARGETS = "targets";

  private final Map<String, SignedTufMeta<?>> roles = new HashMap<>();
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final List<byte[]> roots = new ArrayList<>();
  private byte[] latest;

  /** Begins with a root that the operator trusts. */
  RoleMemory(byte[] trustedRoot) {
    this.latest = trustedRoot;
  }

  /**
   * Goes on with what was verified before. The targets are left out: sigstore then reads and checks
   * snapshot and targets anew, also where a run before came no further than the timestamp.
   */
  static RoleMemory of(TrustedMetadata trusted) throws JsonParseException {
    List<byte[]> roots = trusted.roots();
    RoleMemory memory = new RoleMemory(roots.get(roots.size() - 1));
    memory.roots.addAll(roots.subList(0, roots.size() - 1));
    memory.load(ROOT, Root.class, memory.latest);
    memory.load(TIMESTAMP, dev.sigstore.tuf.model.Timestamp.class, trusted.timestamp());
    memory.load(SNAPSHOT, Snapshot.class, trusted.snapshot());
    return memory;
  }

  private <T extends SignedTufMeta<? extends TufMeta>> void load(
      String role, Class<T> type, byte[] read) throws JsonParseException {
    latest = read;
    writeMeta(role, GsonSupplier.GSON.get().fromJson(new String(read, UTF_8), type));
  }

  /** The bytes from which the next role that is written was read. */
  void setLatest(byte[] read) {
    latest = read;
  }

  byte[] latest() {
    return latest;
  }

  byte @Nullable [] bytes(String role) {
    return bytes.get(role);
  }

  List<byte[]> roots() {
    return List.copyOf(roots);
  }

  @Override
  public String getIdentifier() {
    return "memory";
  }

  @Override
  public void writeMeta(String role, SignedTufMeta<? extends TufMeta> meta) {
    roles.put(role, meta);
    bytes.put(role, latest);
    if (role.equals(ROOT)) {
      roots.add(latest);
    }
  }

  @Override
  public <T extends SignedTufMeta<? extends TufMeta>> Optional<T> readMeta(
      String role, Class<T> type) {
    return Optional.ofNullable(roles.get(role)).map(type::cast);
  }

  @Override
  public void clearMeta(String role) {
    roles.remove(role);
    bytes.remove(role);
  }
}
