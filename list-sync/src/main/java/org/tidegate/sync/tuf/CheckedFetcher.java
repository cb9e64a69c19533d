package org.tidegate.sync.tuf;

import dev.sigstore.tuf.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** Hands sigstore only metadata whose length, hash and form were checked before (V2, V3). */
final class CheckedFetcher implements Fetcher {
  private final Repository repository;
  private final RoleMemory memory;

  CheckedFetcher(Repository repository, RoleMemory memory) {
    this.repository = repository;
    this.memory = memory;
  }

  @Override
  public String getSource() {
    return "repository";
  }

  // Null is what sigstore understands as "no such file".
  @SuppressWarnings("NullAway")
  @Override
  public byte[] fetchResource(String name, int maxLength) throws IOException {
    byte[] bytes = read(name, maxLength);
    if (bytes == null) {
      return null;
    }
    checkStated(name, bytes);
    SignedForm.check(bytes, name.endsWith("root.json"));
    memory.setLatest(bytes);
    return bytes;
  }

  private byte @Nullable [] read(String name, int maxLength) throws IOException {
    try (InputStream in = repository.open(name)) {
      byte[] bytes = in.readNBytes(maxLength + 1);
      if (bytes.length > maxLength) {
        throw new RefusedException(ReasonCode.TOO_LARGE);
      }
      return bytes;
    } catch (RepositoryException e) {
      if (e.trouble() != Trouble.NOT_FOUND || name.equals("timestamp.json")) {
        throw e;
      }
      if (name.endsWith(".root.json")) {
        return null;
      }
      throw new RefusedException(ReasonCode.MISSING);
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new RepositoryException(Trouble.BROKEN);
    }
  }

  /** V3: what the metadata above says of this file. */
  private void checkStated(String name, byte[] bytes) throws RefusedException {
    if (name.endsWith(".snapshot.json")) {
      checkStated("snapshot.json", memory.bytes(RoleMemory.TIMESTAMP), bytes);
    } else if (name.endsWith(".targets.json")) {
      checkStated("targets.json", memory.bytes(RoleMemory.SNAPSHOT), bytes);
    }
  }

  private static void checkStated(String file, byte @Nullable [] above, byte[] bytes)
      throws RefusedException {
    if (above == null) {
      return;
    }
    try {
      JsonObject stated = Json.parse(above).object("signed").object("meta").object(file);
      if (stated.has("length")) {
        Digest.checkLength(bytes.length, stated.number("length"));
      }
      if (stated.has("hashes") && stated.object("hashes").has("sha256")) {
        Digest.check(bytes, stated.object("hashes").string("sha256"));
      }
    } catch (JsonException e) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
  }
}
