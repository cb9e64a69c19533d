package org.tidegate.publish;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** The small target beside a list that says what the list is. */
final class Manifest {
  private static final int FORMAT = 1;

  /** Where a compiled list has its canonicaliser's version: docs/compiled-list.md. */
  private static final int CANONICALISER_AT = 72;

  private Manifest() {}

  static byte[] of(
      Draft draft, TargetFile list, Optional<EditionDelta> delta, ListKey key, Instant created) {
    ByteBuffer bytes = ByteBuffer.wrap(draft.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Object> fields =
        new HashMap<>(
            Map.of(
                "format", FORMAT,
                "name", draft.name(),
                "serial", draft.serial(),
                "path", list.path(),
                "sha256", list.sha256(),
                "length", list.length(),
                "entries", draft.entries(),
                "key_id", key.id(),
                "canonicaliser", bytes.getInt(CANONICALISER_AT),
                "created", created.truncatedTo(ChronoUnit.SECONDS).toString()));
    delta.ifPresent(patch -> fields.put("delta", patch.fields()));
    return CanonicalJson.bytes(fields);
  }

  static Edition edition(byte[] manifest) throws JsonException {
    JsonObject fields = Json.parse(manifest);
    return new Edition(
        fields.string("name"),
        fields.number("serial"),
        (int) fields.number("entries"),
        fields.number("length"),
        fields.string("key_id"),
        fields.time("created"));
  }
}
