package org.tidegate.sync;

import java.time.Instant;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * An edition that the operator keeps enforced on purpose, whatever the publisher offers.
 *
 * @param at since when
 * @param why as the operator says it
 */
public record Pin(long serial, Instant at, String why) {

  byte[] bytes() {
    return CanonicalJson.bytes(Map.of("serial", serial, "at", at.toString(), "why", why));
  }

  static Pin parse(byte[] bytes) throws JsonException {
    JsonObject fields = Json.parse(bytes);
    return new Pin(fields.number("serial"), fields.time("at"), fields.string("why"));
  }
}
