package org.tidegate.sync;

import java.util.Optional;
import org.tidegate.sync.delta.Delta;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.TrustedMetadata;

/**
 * What a manifest says of the patch that leads to its edition.
 *
 * @param base the SHA-256 of the list that it leads from
 * @param patch its target
 */
record ManifestDelta(String base, Target patch) {
  private static final String FIELD = "delta";

  /**
   * Finds it. One that is of another format, is not what the targets state, or is no smaller than
   * the list counts as none: the list itself is there.
   */
  static Optional<ManifestDelta> find(JsonObject manifest, TrustedMetadata metadata, Target list)
      throws RefusedException {
    try {
      if (!manifest.has(FIELD)) {
        return Optional.empty();
      }
      JsonObject fields = manifest.object(FIELD);
      if (fields.number("format") != Delta.FORMAT) {
        return Optional.empty();
      }
      Target stated =
          new Target(fields.string("path"), fields.number("length"), fields.string("sha256"));
      boolean agrees =
          metadata.find(stated.path()).filter(stated::equals).isPresent()
              && stated.length() < list.length();
      return agrees
          ? Optional.of(new ManifestDelta(fields.string("base_sha256"), stated))
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
