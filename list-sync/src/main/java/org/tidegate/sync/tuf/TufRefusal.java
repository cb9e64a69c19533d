package org.tidegate.sync.tuf;

import dev.sigstore.tuf.FileExceedsMaxLengthException;
import dev.sigstore.tuf.InvalidHashesException;
import dev.sigstore.tuf.RoleExpiredException;
import dev.sigstore.tuf.RollbackVersionException;
import dev.sigstore.tuf.SignatureVerificationException;
import dev.sigstore.tuf.SnapshotTargetMissingException;
import dev.sigstore.tuf.SnapshotTargetVersionException;
import dev.sigstore.tuf.SnapshotVersionMismatchException;
import dev.sigstore.tuf.TufException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;

/** sigstore's exceptions as our reason codes. */
final class TufRefusal {
  private static final int MAX_ROOT = 100_000;

  private static final Map<Class<? extends TufException>, ReasonCode> CODES =
      Map.of(
          RoleExpiredException.class, ReasonCode.EXPIRED,
          RollbackVersionException.class, ReasonCode.ROLLBACK,
          SnapshotTargetVersionException.class, ReasonCode.ROLLBACK,
          SnapshotTargetMissingException.class, ReasonCode.ROLLBACK,
          SnapshotVersionMismatchException.class, ReasonCode.MISMATCH,
          InvalidHashesException.class, ReasonCode.TAMPERED,
          FileExceedsMaxLengthException.class, ReasonCode.TOO_LARGE);

  private TufRefusal() {}

  static RefusedException of(TufException e, RoleMemory memory, Repository repository) {
    if (e instanceof SignatureVerificationException signatures) {
      return new RefusedException(
          signatures.getVerifiedSignatures() > 0
              ? ReasonCode.THRESHOLD
              : unsigned(memory, repository));
    }
    return new RefusedException(CODES.getOrDefault(e.getClass(), ReasonCode.MALFORMED));
  }

  /** Not one good signature: damaged, or another publisher's? */
  private static ReasonCode unsigned(RoleMemory memory, Repository repository) {
    byte[] root = memory.bytes(RoleMemory.ROOT);
    byte[] latest = memory.latest();
    if (root == null || root == latest) {
      return ReasonCode.WRONG_ROOT;
    }
    try {
      Set<String> trusted = SignedForm.keys(root, SignedForm.role(latest));
      boolean isOurs = !Collections.disjoint(trusted, SignedForm.signers(latest));
      return isOurs || hasRoot(repository, root) ? ReasonCode.TAMPERED : ReasonCode.WRONG_ROOT;
    } catch (JsonException e) {
      return ReasonCode.MALFORMED;
    }
  }

  /** Whether the repository has the root that we trust, so that it is our publisher's. */
  private static boolean hasRoot(Repository repository, byte[] root) {
    try (InputStream in = repository.open(KnownRoots.name(root))) {
      byte[] theirs = in.readNBytes(MAX_ROOT);
      return Json.parse(theirs).object("signed").equals(Json.parse(root).object("signed"));
    } catch (IOException | JsonException e) {
      return false;
    }
  }
}
