package org.tidegate.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;
import org.tidegate.sync.tuf.ReasonCode;

/**
 * What came of the last update.
 *
 * @param good when one was last good
 * @param lateness by which the list is judged
 */
record StoredOutcome(
    String word, String reason, Instant at, Optional<Instant> good, Lateness lateness) {

  /** What is stored is not as it should be, whatever came of the last update. */
  static StoredOutcome trouble(
      ReasonCode reason, Optional<StoredOutcome> last, Instant now, Lateness lateness) {
    return new StoredOutcome(
        UpdateOutcome.REFUSED,
        reason.code(),
        last.map(StoredOutcome::at).orElse(now),
        last.flatMap(StoredOutcome::good),
        lateness);
  }

  byte[] bytes() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("outcome", word);
    fields.put("reason", reason);
    fields.put("at", at.toString());
    good.ifPresent(time -> fields.put("good", time.toString()));
    fields.put("late_after_seconds", lateness.updates().toSeconds());
    lateness.editions().ifPresent(age -> fields.put("edition_every_seconds", age.toSeconds()));
    return CanonicalJson.bytes(fields);
  }

  static StoredOutcome parse(byte[] bytes) throws JsonException {
    JsonObject fields = Json.parse(bytes);
    Optional<Instant> good =
        fields.has("good") ? Optional.of(fields.time("good")) : Optional.empty();
    return new StoredOutcome(
        fields.string("outcome"), fields.string("reason"), fields.time("at"), good, late(fields));
  }

  private static Lateness late(JsonObject fields) throws JsonException {
    if (!fields.has("late_after_seconds")) {
      return Lateness.AT_ONCE;
    }
    Optional<Duration> editions =
        fields.has("edition_every_seconds")
            ? Optional.of(seconds(fields, "edition_every_seconds"))
            : Optional.empty();
    return new Lateness(seconds(fields, "late_after_seconds"), editions);
  }

  private static Duration seconds(JsonObject fields, String name) throws JsonException {
    return Duration.ofSeconds(Math.max(0, Math.min(fields.number(name), Integer.MAX_VALUE)));
  }
}
