package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.delta.Delta;
import org.tidegate.sync.delta.DeltaException;

/**
 * The patch by which gateways come from the edition before to the new one.
 *
 * @param base the edition before
 * @param file the patch's target
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and never compared
record EditionDelta(TargetFile base, TargetFile file, byte[] bytes) {
  /** A patch has to be that many times smaller than the list to be worth its while. */
  private static final int WORTH = 2;

  /**
   * Makes it.
   *
   * @param from the least length of a list that gets one
   * @return empty where the list is shorter, where there is no edition before, or too little in
   *     common with it
   */
  static Optional<EditionDelta> make(
      RepositoryFiles files, PublishedState state, Draft draft, Optional<Edition> last, int from)
      throws IOException {
    if (draft.bytes().length < from) {
      return Optional.empty();
    }
    TargetFile base =
        last.map(e -> state.targets().get(TargetFile.listPath(e.name(), e.serial()))).orElse(null);
    if (base == null) {
      return Optional.empty();
    }
    try {
      byte[] before = files.readTarget(base);
      if (!TargetFile.of(base.path(), before).equals(base)) {
        // Damaged here: no gateway has it so.
        return Optional.empty();
      }
      byte[] patch = Delta.make(before, draft.bytes());
      TargetFile file = TargetFile.of(TargetFile.deltaPath(draft.name(), draft.serial()), patch);
      boolean isWorth = (long) patch.length * WORTH <= draft.bytes().length;
      return isWorth ? Optional.of(new EditionDelta(base, file, patch)) : Optional.empty();
    } catch (NoSuchFileException | DeltaException e) {
      return Optional.empty();
    }
  }

  Map<String, Object> fields() {
    return Map.of(
        "format", Delta.FORMAT,
        "base_sha256", base.sha256(),
        "path", file.path(),
        "sha256", file.sha256(),
        "length", file.length());
  }
}
