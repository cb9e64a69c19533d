package org.tidegate.app.alarm;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.json.CanonicalJson;

/**
 * The state of a list has changed.
 *
 * @param kind of state: {@code list} or {@code canary}
 * @param reason a stable code; empty where all is well again
 * @param serial of the edition that is enforced
 */
record Alarm(
    Kind kind,
    String list,
    String state,
    String before,
    String reason,
    Optional<Long> serial,
    Instant at) {

  enum Kind {
    /** How a list stands on the ladder of staleness. */
    LIST,
    /** Whether a list is seen to be enforced. */
    CANARY;

    String word() {
      return this == LIST ? "list" : "canary";
    }
  }

  byte[] json() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("format", 1);
    fields.put("event", kind.word());
    fields.put("list", list);
    fields.put("state", state);
    fields.put("before", before);
    fields.put("reason", reason);
    serial.ifPresent(number -> fields.put("serial", number));
    fields.put("at", at.toString());
    return CanonicalJson.bytes(fields);
  }
}
