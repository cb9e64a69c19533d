package org.tidegate.sync;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * What came of the last update.
 *
 * @param good when one was last good
 */
record StoredOutcome(String word, String reason, Instant at, Optional<Instant> good) {

  byte[] bytes() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("outcome", word);
    fields.put("reason", reason);
    fields.put("at", at.toString());
    good.ifPresent(time -> fields.put("good", time.toString()));
    return CanonicalJson.bytes(fields);
  }

  static StoredOutcome parse(byte[] bytes) throws JsonException {
    JsonObject fields = Json.parse(bytes);
    Optional<Instant> good =
        fields.has("good") ? Optional.of(fields.time("good")) : Optional.empty();
    return new StoredOutcome(
        fields.string("outcome"), fields.string("reason"), fields.time("at"), good);
  }
}
